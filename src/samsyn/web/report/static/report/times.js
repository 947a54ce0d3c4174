// What the chips mean, on the device and at the moment they are pressed: a report may wait for hours.

const at = (day, hours) => { const moment = new Date(day); moment.setHours(hours, 0, 0, 0); return moment; };
const days = (day, count) => { const moment = new Date(day); moment.setDate(moment.getDate() + count); return moment; };

export function spanOfChip(chip, now) {
  const today = at(now, 0);
  const night = now.getHours() >= 22 ? today : days(today, -1);
  const spans = {
    "nu": () => [now, now],
    "i-natt": () => [at(night, 22), new Date(Math.min(now, at(days(night, 1), 6)))],
    "i-gar-kvall": () => [at(days(today, -1), 18), today],
    "i-kvall": () => [new Date(Math.max(now, at(today, 18))), days(today, 1)],
    "i-morgon": () => [at(days(today, 1), 18), days(today, 2)],
  };
  return spans[chip]?.() ?? null;
}

export const iso = (moment) => moment.toISOString();

const two = (value) => String(value).padStart(2, "0");

// The value of a datetime-local field, by the clock on the wall.
export const fieldValue = (moment) =>
  `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;

export const clock = (moment) => `${two(moment.getHours())}.${two(moment.getMinutes())}`;
