// Where: the last five on this device, search among the named places, here, the map, or one's own words.

const SHOWN = 6;
const REMEMBERED = 5;

const folded = (text) => text.toLocaleLowerCase("sv").trim();

function button(text, icon, onPress) {
  const item = document.createElement("li");
  const made = Object.assign(document.createElement("button"), { type: "button" });
  if (icon) made.append(icon.cloneNode(true));
  made.append(text);
  made.addEventListener("click", onPress);
  item.append(made);
  return item;
}

export class Places {
  constructor({ places, memory, texts, field, list, icon, onChoose }) {
    Object.assign(this, { memory, texts, field, list, icon, onChoose });
    this.places = places.map(([key, name, aliases, longitude, latitude]) => ({ key, name, words: folded(`${name} ${aliases}`), longitude, latitude }));
    field.removeAttribute("list");
    list.hidden = false;
    field.addEventListener("input", () => this.show());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.describe();
    });
    this.show();
  }

  remembered() {
    try {
      const keys = JSON.parse(localStorage.getItem(this.memory) ?? "[]");
      return keys.map((key) => this.places.find((one) => one.key === key)).filter(Boolean);
    } catch {
      return [];
    }
  }

  remember(place) {
    const keys = [place, ...this.remembered()].map((one) => one.key);
    try {
      localStorage.setItem(this.memory, JSON.stringify([...new Set(keys)].slice(0, REMEMBERED)));
    } catch { /* Private browsing remembers nothing, and that is right. */ }
  }

  found() {
    const words = folded(this.field.value).split(/\s+/).filter(Boolean);
    if (!words.length) return [...new Set([...this.remembered(), ...this.places])].slice(0, SHOWN);
    const hits = this.places.filter((one) => words.every((word) => one.words.includes(word)));
    return hits.sort((one, other) => other.words.startsWith(words[0]) - one.words.startsWith(words[0])).slice(0, SHOWN);
  }

  show() {
    const rows = this.found().map((one) => button(one.name, this.icon, () => this.choose(one)));
    const text = this.field.value.trim();
    if (text) rows.push(button(this.texts.describe.replace("%s", text), null, () => this.describe()));
    this.list.replaceChildren(...rows);
  }

  choose(place) {
    this.remember(place);
    this.onChoose({ label: place.name, plats: String(place.key), plats_text: "", longitud: "", latitud: "" });
  }

  describe() {
    const text = this.field.value.trim();
    if (!text) return;
    const named = this.places.find((one) => folded(one.name) === folded(text));
    if (named) this.choose(named);
    else this.onChoose({ label: text, plats: "", plats_text: text, longitud: "", latitud: "" });
  }

  point(longitude, latitude, label) {
    this.onChoose({ label, plats: "", plats_text: "", longitud: String(longitude), latitud: String(latitude) });
  }

  here(onError) {
    if (!navigator.geolocation) return onError(this.texts.no_position);
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.point(coords.longitude, coords.latitude, this.texts.here.replace("%s", Math.max(1, Math.round(coords.accuracy)))),
      () => onError(this.texts.no_position),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  }
}
