// <button data-copy="text" data-copied="Kopierat" hidden> copies a link and says so in its own label.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  label.textContent = button.dataset.copied || before;
  document.dispatchEvent(new CustomEvent("samsyn:say", { detail: { text: label.textContent } }));
  setTimeout(() => { label.textContent = before; }, 2500);
});
