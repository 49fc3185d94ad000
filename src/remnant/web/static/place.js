// Keeps the reader's place to the paragraph. Without this script the margin marks in the page do the same by hand.
(() => {
  "use strict";
  const form = document.getElementById("place");
  const paragraphs = document.querySelectorAll(".story-text [data-story]");
  if (!form || !paragraphs.length || !("IntersectionObserver" in window)) return;

  const inView = new Set();
  let moved = false;
  let kept = null;
  let timer = 0;

  const first = () => [...inView].sort((a, b) => a.offsetTop - b.offsetTop)[0];

  // Only a reader who moved has come anywhere: a page that was merely opened keeps the older place.
  const keep = () => {
    const here = first();
    if (!moved || !here || here.id === kept) return;
    kept = here.id;
    const body = new URLSearchParams({ block: here.id.slice(1), quietly: "1" });
    fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => { kept = null; });
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 1500);
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inView.add(entry.target);
      else inView.delete(entry.target);
    }
    soon();
  });

  for (const paragraph of paragraphs) watcher.observe(paragraph);
  for (const sign of ["scroll", "wheel", "touchmove", "keydown"]) {
    addEventListener(sign, () => { moved = true; soon(); }, { passive: true });
  }
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });

  // After choosing another look, come back to the paragraph and not to the top.
  const back = document.querySelector(".look [name=back]");
  if (back) {
    const path = back.value;
    back.form.addEventListener("submit", () => {
      const here = first();
      back.value = here ? `${path}#${here.id}` : path;
    });
  }
})();
