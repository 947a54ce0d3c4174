// Menus are details elements; here they also close on Esc and on a press outside.

const menus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// On a narrow screen the current word is brought into view.
document.querySelector("[data-words] [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
