/* Refreshes what a page shows of work under way, without loading the page again. With scripts off
   the page loads itself again instead. */
"use strict";
(() => {
  const PAUSE = 1500;
  const MOST_PAUSE = 15000;
  let pause = PAUSE;

  async function refresh() {
    let answer;
    try {
      answer = await fetch(location.href, { cache: "no-store" });
    } catch {
      pause = Math.min(2 * pause, MOST_PAUSE);
      setTimeout(refresh, pause);
      return;
    }
    if (answer.redirected) {
      location.replace(answer.url);
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = document.querySelectorAll("[data-live]");
    const found = [...parts].map((part) => fresh.getElementById(part.id));
    if (!answer.ok || found.some((part) => part === null)) {
      location.reload();
      return;
    }
    parts.forEach((part, place) => {
      if (part.innerHTML !== found[place].innerHTML) {
        part.replaceChildren(...found[place].childNodes);
      }
    });
    pause = PAUSE;
    setTimeout(refresh, pause);
  }

  if (document.querySelector("[data-live]")) {
    setTimeout(refresh, PAUSE);
  }
})();
