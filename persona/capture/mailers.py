"""Mail providers: an e-mail address there says nothing about its owner's website."""

from typing import Final

_NAMES: Final = (
    "gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.co.uk "
    "hotmail.fr hotmail.de hotmail.it live.com live.co.uk live.nl msn.com yahoo.com "
    "yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.ca yahoo.co.in yahoo.co.jp "
    "yahoo.com.au yahoo.com.br ymail.com rocketmail.com icloud.com me.com mac.com aol.com "
    "aim.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com "
    "email.com proton.me protonmail.com protonmail.ch pm.me zohomail.com zohomail.eu "
    "fastmail.com fastmail.fm hey.com tutanota.com tutamail.com tuta.io mail.ru bk.ru "
    "inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru qq.com 163.com 126.com sina.com "
    "sina.cn sohu.com naver.com daum.net hanmail.net btinternet.com btopenworld.com "
    "btconnect.com sky.com talktalk.net virginmedia.com blueyonder.co.uk ntlworld.com "
    "plus.net comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net "
    "earthlink.net optonline.net juno.com netzero.net rogers.com shaw.ca sympatico.ca "
    "telus.net bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz orange.fr wanadoo.fr "
    "free.fr laposte.net sfr.fr neuf.fr libero.it tiscali.it virgilio.it alice.it "
    "rediffmail.com hushmail.com mailinator.com inbox.com uol.com.br bol.com.br terra.com.br "
    "seznam.cz wp.pl o2.pl interia.pl onet.pl telenet.be skynet.be ziggo.nl kpnmail.nl "
    "xs4all.nl planet.nl bluewin.ch telia.com eircom.net "
)
MAIL_PROVIDERS: Final = frozenset(_NAMES.split())
