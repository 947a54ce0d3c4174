// Marks who to call at this hour: the page may have been kept on the phone for days.

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

// The Swedish clock on the wall, whatever the phone is set to.
function inSweden(moment) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", dateStyle: "short", timeStyle: "short" }).format(moment);
  const [day, time] = parts.split(" ");
  return { day, time, weekday: DAYS[new Date(`${day}T12:00Z`).getUTCDay()] };
}

function isOpen({ days, from, to }, { day, time, weekday }, holidays) {
  const isWeekend = weekday === "sat" || weekday === "sun";
  if (!days.split(" ").includes(weekday) || (!isWeekend && holidays.includes(day))) return false;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

export function markWays(box, moment) {
  const now = inSweden(moment);
  const holidays = box.dataset.holidays.split(" ");
  for (const step of box.querySelectorAll("[data-when]")) {
    const isNow = isOpen(step.dataset, now, holidays) === (step.dataset.when === "office_hours");
    if (isNow) step.setAttribute("aria-current", "time");
    else step.removeAttribute("aria-current");
  }
}
