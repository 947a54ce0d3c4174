// Light, dark or as the computer: kept in a cookie, so that the server sends the right page at once.

const COOKIE = "samsyn_farg";
const YEAR = 31536000;

function show(scheme) {
  document.documentElement.dataset.colorScheme = scheme;
  for (const button of document.querySelectorAll("[data-scheme] button")) {
    button.setAttribute("aria-pressed", String(button.value === scheme));
  }
}

for (const group of document.querySelectorAll("[data-scheme]")) {
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    document.cookie = `${COOKIE}=${button.value}; path=/; max-age=${YEAR}; samesite=lax`;
    show(button.value);
  });
}
show(document.documentElement.dataset.colorScheme || "auto");
