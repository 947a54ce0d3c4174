// say("…") tells a screen reader what has happened. samsyn:say does it from elsewhere, also from an HX-Trigger header.

export function say(text) {
  const region = document.getElementById("live");
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}

document.addEventListener("samsyn:say", (event) => say(event.detail.value ?? event.detail.text ?? String(event.detail)));
