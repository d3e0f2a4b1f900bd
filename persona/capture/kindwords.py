"""The words by which companies name the sections of their websites, by kind of page.

Two labels are finer than the kinds of page: "company" (told like "about", but anything may stand
below it) and "resources" (told like "article", likewise).
"""

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS: Final[dict[str, str]] = {
    "company": """
        company corporate about-company our-company organisation organization firm about aboutus
        investors investor investor-relations ir shareholders strategy our-strategy about-us
        about-me about_us overview-company group our-group
    """,
    "about": """
        who-we-are our-story story history our-history heritage mission our-mission vision
        mission-vision values our-values why-us why-choose-us what-we-do what-we-believe purpose
        manifesto sustainability csr esg responsibility awards quality certifications
        certificates accreditations profile company-profile corporate-profile our-approach
        approach how-we-work philosophy facilities capabilities-facilities about-business facts
    """,
    "leadership": """
        leadership team our-team meet-team the-team people our-people management management-team
        leadership-team executive-team executives board board-of-directors directors founders
        founder staff our-staff meet-us experts our-experts bios bio advisory-board who-is-who
        chairman-letter chairmans-letter ceo-letter ceo-message letter-to-shareholders
    """,
    "contact": """
        contact contacts contact-us contactus contact_us get-in-touch getintouch reach-us
        request-quote get-quote getaquote quote quotes rfq request-a-quote free-quote estimate
        free-estimate enquiry enquiries inquiry inquire demo request-demo book-demo get-demo
        schedule-demo live-demo talk-to-sales book-a-call consultation free-consultation
        contact-sales talk-to-us locations location offices our-offices branches find-us
        directions store-locator find-a-store stores find-a-rep sales-team sales-reps
        find-your-rep
    """,
    "product": """
        product products our-products product-range ranges range catalog catalogue
        product-catalog product-catalogue products-services products-and-services service
        services our-services what-we-offer offering offerings offer platform features feature
        solution-finder technology technologies capabilities how-it-works software apps app
        equipment machines models systems vs versus compare comparison comparisons alternatives
        alternative switch why-switch calculator calculators configurator configurators selector
        roi-calculator product-finder tour product-tour overview product-overview packages
        treatments practice-areas expertise menu rooms spares spare-parts parts accessories
        free-trial trial hire rental rentals
    """,
    "solution": """
        solution solutions our-solutions industries industry sectors sector markets
        markets-served industries-served verticals vertical use-cases use-case usecases
        applications application for who-we-serve who-we-help segments roles by-industry by-role
        by-use-case
    """,
    "pricing": """
        pricing prices price plans plans-pricing plans-and-pricing pricing-plans price-list
        pricelist fees rates tariffs cost costs subscriptions buy-now editions
        membership-options
    """,
    "shop": """
        shop store online-shop online-store webshop eshop e-shop boutique collection collections
        category categories product-category c cat dept department departments-shop brand brands
        by-brand shop-by-brand deals sale special-offers specials clearance outlet offers
        promotions gift-cards gifts bestsellers new-arrivals
    """,
    "article": """
        blog blogs blog-posts our-blog the-blog weblog post posts article articles journal
        magazine stories-blog thoughts thought-leadership opinion opinions perspectives
        perspective viewpoint viewpoints editorial column newsletter newsletters
        newsletter-archive podcast podcasts episodes video videos vlog glossary encyclopedia
        dictionary wiki guide guides buying-guide buying-guides buyers-guide tips advice how-to
        how-tos howto ideas-inspiration inspiration recipes learn learning-center
        learning-centre learning-hub explainers checklist checklists templates trends letters
        essays application-notes app-notes technical-notes field-notes
    """,
    "resources": """
        resource resources resource-center resource-centre resource-hub resource-library library
        knowledge knowledge-hub knowledge-center knowledge-centre insights insight insights-hub
        content content-hub publications media-library hub education information info tools
        ressources
    """,
    "research": """
        research our-research report reports survey surveys study studies benchmark benchmarks
        benchmark-report state-of index-report industry-report industry-reports research-reports
        market-research data-reports trend-report research-and-insights labs
    """,
    "news": """
        news latest-news company-news newsroom news-room press press-room pressroom
        press-release press-releases press-center press-centre media media-center media-centre
        media-room media-releases announcements announcement news-and-events news-events
        news-media news-insights news-and-insights news-and-press in-the-news in-the-press
        press-coverage updates news-updates news-blog bulletin bulletins
    """,
    "release": """
        changelog change-log changes release releases release-notes releasenotes product-updates
        whats-new what-s-new whatsnew new-features roadmap product-roadmap version-history
        release-history product-news
    """,
    "event": """
        event events our-events event-calendar events-calendar upcoming-events past-events
        trade-shows tradeshows trade-fairs tradeshow exhibitions exhibition fairs shows
        conference conferences summit meetups meetup seminars seminar roadshow open-day
        open-days events-webinars events-and-webinars workshops workshop
    """,
    "webinar": """
        webinar webinars on-demand-webinars webcasts webcast live-webinars webinars-on-demand
        upcoming-webinars
    """,
    "download": """
        download downloads brochure brochures whitepaper whitepapers white-paper white-papers
        ebook ebooks e-book e-books datasheet datasheets data-sheet data-sheets product-sheets
        spec-sheets literature product-literature catalogs catalogues download-center
        download-centre technical-documents documents factsheets fact-sheets solution-briefs
        one-pagers
    """,
    "case_study": """
        case-study case-studies casestudy casestudies cases case success-story success-stories
        customer-story customer-stories client-stories client-story customer-success-stories
        projects project our-projects our-work work portfolio references reference-projects
        user-stories transformation-stories stories examples
    """,
    "customers": """
        customers our-customers clients client our-clients client-list testimonials testimonial
        what-our-customers-say reviews review customer-reviews happy-customers wall-of-love
        trusted-by what-our-clients-say case-references kudos
    """,
    "partners": """
        partner partners our-partners partnership partnerships partner-program partner-programme
        partner-program-overview become-a-partner become-partner partner-directory
        find-a-partner find-partner partner-portal partner-network ecosystem alliances alliance
        reseller resellers dealer dealers dealer-locator find-a-dealer find-dealer distributor
        distributors our-distributors become-a-dealer become-a-distributor become-distributor
        become-dealer where-to-buy distribution channel channel-partners affiliates affiliate
        affiliate-program referral referral-program integration integrations marketplace
        app-store appstore app-directory add-ons addons extensions plugins suppliers
        manufacturers line-card linecard franchise franchising
    """,
    "support": """
        support help help-center help-centre helpcenter helpdesk help-desk service-support
        service-and-support customer-service customer-support customer-care customer-success
        technical-support tech-support product-support after-sales aftersales
        after-sales-service faq faqs frequently-asked-questions questions knowledge-base
        knowledgebase kb warranty warranties returns return-policy shipping shipping-returns
        delivery repairs repair maintenance service-plans service-contracts onboarding
        implementation getting-started professional-services customer-center troubleshooting
        manuals user-manuals product-registration safety
    """,
    "docs": """
        docs doc documentation developer developers dev api apis api-docs api-reference
        api-documentation developer-portal developer-center developer-hub sdk sdks reference
        graphql openapi user-guide user-guides userguide
    """,
    "academy": """
        academy university training trainings course courses certification certification-program
        learning e-learning elearning training-center training-centre customer-training
        learning-path learning-paths school classes tutorials tutorial bootcamp curriculum
    """,
    "community": """
        community communities forum forums discussion discussions discuss user-group user-groups
        usergroup users-group user-meetings user-meeting user-community ideas idea-portal
        feedback-forum ambassadors champions user-conference
    """,
    "careers": """
        career careers job jobs vacancy vacancies join-us joinus join-our-team join-the-team
        join-team work-with-us work-for-us work-at working-here working-at work-here
        job-openings current-openings open-positions openings open-roles open-jobs positions
        opportunities job-opportunities career-opportunities current-vacancies employment
        recruitment recruiting hiring we-are-hiring were-hiring life-at job-board graduates
        internships apprenticeships employees-wanted current-opportunities see-open-roles
        view-jobs
    """,
    "legal": """
        legal privacy privacy-policy privacy-notice privacypolicy privacy-statement
        privacy-center terms terms-of-use terms-of-service terms-and-conditions terms-conditions
        termsofservice tos tandc t-and-c imprint impressum legal-notice legal-notices disclaimer
        disclaimers cookie cookies cookie-policy cookies-policy gdpr dpa data-protection
        data-processing ccpa do-not-sell eula license-agreement licence-agreement copyright dmca
        acceptable-use accessibility accessibility-statement modern-slavery
        modern-slavery-statement modern-slavery-act anti-slavery conditions conditions-of-sale
        terms-of-sale terms-and-conditions-of-sale policies policy subprocessors gender-pay-gap
    """,
}

SECTIONS: Final[dict[str, str]] = {
    word: label for label, words in _WORDS.items() for word in words.split()
}
"""What a section named so holds."""

PLAIN: Final = {"company": "about", "resources": "article"}
"""The kind of page of the labels that are finer than the kinds."""

ENTRIES: Final = {"careers": "job", "customers": "case_study"}
"""What a page below a list of that kind is."""

STAYS: Final = _set("""
        search list all page locations location departments department teams team culture
        benefits perks life life-at students student graduates graduate early-careers
        internships diversity inclusion values faq faqs apply index professionals
        apprenticeships our-culture why-work why-us why-join-us people stories our-people
        how-we-hire hiring-process interview engineering sales marketing product design support
        login
    """)
"""Sections below a list that are no single entry of it."""

_OWN_PARTS: Final = frozenset(("pricing", "case_study", "release", "docs", "download"))
WITHIN: Final[dict[str, frozenset[str]]] = {
    "company": frozenset(_WORDS),
    "resources": frozenset(_WORDS),
    "about": frozenset(("leadership", "careers", "news", "contact", "partners", "legal")),
    "contact": frozenset(("support", "careers", "legal")),
    "product": _OWN_PARTS | {"product"},
    "solution": frozenset(("pricing", "case_study", "solution")),
    "shop": frozenset(("product", "article", "contact", "support", "about", "company", "legal")),
    "news": frozenset(("news", "event", "webinar", "release", "article")),
    "event": frozenset(("event", "webinar")),
    "customers": frozenset(("customers", "case_study", "support", "academy", "community")),
    "support": frozenset(("support", "docs", "academy", "community", "release", "download")),
    "careers": frozenset(("careers", "job")),
}
"""Which sections below one of a label say better what a page is; others change nothing."""

HOSTS: Final[dict[str, str]] = {
    host: label
    for label, hosts in {
        "article": "blog blogs magazine podcast learn insights",
        "news": "news newsroom press media",
        "docs": "docs doc developer developers dev api",
        "support": "support help helpdesk faq kb service",
        "careers": "careers career jobs job recruiting",
        "shop": "shop store webstore",
        "community": "community forum forums discuss ideas",
        "academy": "academy training university learning courses",
        "event": "events event",
        "partners": "partners partner marketplace integrations",
        "resources": "resources info go",
        "release": "changelog updates",
        "pricing": "pricing",
        "company": "about corporate company",
        "webinar": "webinars",
        "customers": "customers",
        "research": "research",
    }.items()
    for host in hosts.split()
}
"""What a subdomain named so holds."""

SMALL: Final = _set("""
        a an the our your my us and of to in on at for with view see all more read go visit
        explore page pages here now find out meet latest current browse discover new
    """)
"""Words that say nothing about what a page is for."""

HEADS: Final = {
    word: label
    for word, label in SECTIONS.items()
    if word
    not in _set("""
        c cat for index menu range case cases conditions expertise approach content model models
        media stories story reference studies study industry application market markets
        information info work hub safety overview questions examples people switch offer changes
        post channel group company values history rates collection system education school
        resource resources features price cost costs technology research organization
        organisation store sale parts documents profile facts quality learning tools design
    """)
}
"""Last words of an unknown name that tell what it is ("/dental-case-studies")."""

OPENINGS: Final = _set("""
        how what why when where which who top best ultimate complete beginners guide tips is are
        can should does do ways reasons things
    """)
"""First words of the titles of articles."""
