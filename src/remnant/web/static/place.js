// Keeps the reader's place to the paragraph. Without this script the marks in the page do the same by hand.
(() => {
  "use strict";
  const form = document.getElementById("place");
  const paragraphs = document.querySelectorAll(".story-text [data-story]");
  if (!form || !paragraphs.length || !("IntersectionObserver" in window)) return;

  const PAUSE = 1500;
  const inView = new Set();
  let from = null;
  let kept = null;
  let timer = 0;

  const first = () => [...inView].sort((a, b) => a.offsetTop - b.offsetTop)[0];

  // A page merely opened, or a note jumped to, is no place: only reading on from there is.
  const moved = () => from !== null && Math.abs(scrollY - from) > innerHeight / 4;
  const settle = () => { from = scrollY; };

  const keep = () => {
    const here = first();
    if (!here || here.id === kept || !moved()) return;
    kept = here.id;
    const body = new URLSearchParams({ block: here.id.slice(1), quietly: "1" });
    fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => { kept = null; });
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inView.add(entry.target);
      else inView.delete(entry.target);
    }
    soon();
  });

  for (const paragraph of paragraphs) watcher.observe(paragraph);
  const begin = () => requestAnimationFrame(() => requestAnimationFrame(settle));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
  addEventListener("hashchange", begin);
  addEventListener("scroll", soon, { passive: true });
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
