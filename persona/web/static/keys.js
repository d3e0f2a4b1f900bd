/* Number keys choose an answer while the focus is on the question or among its answers; Enter then
   goes on, as it does in any form. Without this file everything works with the keys that browsers
   know. */
"use strict";
(() => {
  const form = document.querySelector("form[data-keys]");
  if (!form) {
    return;
  }
  document.documentElement.classList.add("with-keys");

  form.querySelector("fieldset").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) {
      return;
    }
    const key = event.key.toLowerCase();
    const choice = [...form.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (choice) {
      event.preventDefault();
      choice.checked = true;
      choice.focus();
    }
  });
})();
