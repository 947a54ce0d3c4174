// A map in <div data-map data-source="/….json" data-maplibre="…" data-worker="…">.
//
// The source is GeoJSON whose features say in `properties.kind` what they are: outline, area, cell, point,
// or place (a named place without a count, for context); `n` is a count, `few` that it is too small to shade by, `label` a name, `url` where the rows are; `bbox` is what the map opens at.
// With data-pick-longitude and data-pick-latitude (ids of inputs) a press writes the point there.
// What stands in the element before – a drawing from the server – stays where WebGL is missing.

const WORDS = {
  "Map.Title": "Karta",
  "NavigationControl.ZoomIn": "Zooma in",
  "NavigationControl.ZoomOut": "Zooma ut",
  "AttributionControl.ToggleAttribution": "Visa källor",
  "Popup.Close": "Stäng",
  "Marker.Title": "Punkt på kartan",
};
const EMPTY = { type: "FeatureCollection", features: [] };

export async function drawMap(box) {
  if (!hasWebGL()) return box.classList.add("is-still");
  try {
    const [gl, data] = await Promise.all([import(box.dataset.maplibre), fetchJson(box.dataset.source)]);
    gl.setWorkerUrl(box.dataset.worker);
    return await show(gl, box, data);
  } catch (error) {
    box.classList.add("is-still"); // The drawing and the table say the same.
    console.info("map", error.message);
  }
}

function hasWebGL() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

async function fetchJson(address) {
  if (!address) return EMPTY;
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${address} ${answer.status}`);
  return answer.json();
}

function show(gl, box, data) {
  const ground = document.createElement("div");
  ground.className = "map-ground";
  box.append(ground);
  const map = new gl.Map({
    container: ground,
    style: plainStyle(box),
    bounds: data.bbox ?? [11, 55.2, 24.2, 69.1],
    fitBoundsOptions: { padding: { top: 24, bottom: 24, left: 24, right: 96 }, maxZoom: 15 },
    locale: { ...WORDS, "Map.Title": box.dataset.label || WORDS["Map.Title"] },
    attributionControl: false,
    cooperativeGestures: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 18,
  });
  map.touchZoomRotate.disableRotation();
  map.scrollZoom.disable(); // The page scrolls; buttons, keys and pinch zoom the map.
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  if (box.dataset.credit) map.addControl(new gl.AttributionControl({ customAttribution: escaped(box.dataset.credit) }));
  return new Promise((resolve, reject) => {
    map.once("error", ({ error }) => reject(error));
    map.once("load", () => {
      addLayers(map, data, colours(box));
      writeNames(gl, map, data);
      answerPresses(gl, map);
      if (box.dataset.pickLongitude) pickPoint(gl, map, box);
      followScheme(map, box);
      box.classList.add("is-live");
      resolve(map);
    });
  });
}

function escaped(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

function plainStyle(box) {
  const colour = colours(box);
  const style = {
    version: 8,
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": colour.water } }],
  };
  if (box.dataset.tiles) {
    style.sources.tiles = { type: "raster", tiles: [box.dataset.tiles], tileSize: 256 };
    style.layers.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.9, "raster-opacity": 0.75 } });
  }
  return style;
}

function colours(box) {
  const read = (name) => getComputedStyle(box).getPropertyValue(name).trim();
  return { water: read("--map-water"), land: read("--map-land"), line: read("--frame"), now: read("--data-now"), past: read("--data-past"), sheet: read("--sheet") };
}

function addLayers(map, data, colour) {
  const most = (kind) => Math.max(1, ...data.features.filter((one) => one.properties.kind === kind).map((one) => one.properties.n ?? 1));
  const only = (kind) => ["==", ["get", "kind"], kind];
  const share = (kind) => ["interpolate", ["linear"], ["sqrt", ["coalesce", ["get", "n"], 0]], 0, 0, Math.sqrt(most(kind)), 1];
  const tiled = Boolean(map.getSource("tiles"));
  map.addSource("data", { type: "geojson", data });
  map.addLayer({ id: "land", type: "fill", source: "data", filter: only("outline"), paint: { "fill-color": colour.land, "fill-opacity": tiled ? 0 : 1 } });
  for (const kind of ["area", "cell"]) {
    // What has too few to be compared is tinted alike and faintly: the shade says nothing about how few.
    const opacity = ["case", ["has", "few"], 0.1, ["*", 0.55, share(kind)]];
    map.addLayer({ id: kind, type: "fill", source: "data", filter: only(kind), paint: { "fill-color": colour.now, "fill-opacity": opacity } });
  }
  map.addLayer({ id: "area-line", type: "line", source: "data", filter: only("area"), paint: { "line-color": colour.line, "line-width": 0.75, "line-opacity": 0.7 } });
  map.addLayer({ id: "outline", type: "line", source: "data", filter: only("outline"), paint: { "line-color": colour.line, "line-width": 1.25 } });
  map.addLayer({ id: "place", type: "circle", source: "data", filter: only("place"), paint: { "circle-radius": 3, "circle-color": colour.past } });
  map.addLayer({
    id: "point", type: "circle", source: "data", filter: only("point"),
    layout: { "circle-sort-key": ["-", ["coalesce", ["get", "n"], 1]] },
    paint: {
      "circle-radius": ["+", 5, ["*", 17, most("point") > 1 ? share("point") : 0.25]],
      "circle-color": colour.now, "circle-opacity": 0.72, "circle-stroke-color": colour.sheet, "circle-stroke-width": 1.5,
    },
  });
}

// Names beside the spots, the largest first; one that would lie over another waits until there is room.
const MOST_NAMES = 60;

function writeNames(gl, map, data) {
  const spots = data.features.filter(({ properties: { kind, label } }) => label && (kind === "point" || kind === "place"));
  spots.sort((one, other) => (other.properties.n ?? 0) - (one.properties.n ?? 0));
  const most = Math.max(1, ...spots.map(({ properties }) => properties.n ?? 0));
  const names = spots.slice(0, MOST_NAMES).map(({ geometry, properties: { kind, label, n } }) => {
    const element = document.createElement("div");
    element.className = kind === "place" ? "map-name of-place" : "map-name";
    element.textContent = label;
    const away = kind === "place" ? 3 : 5 + (most > 1 ? 17 * Math.sqrt(n / most) : 4);
    new gl.Marker({ element, anchor: "left", offset: [away, 0] }).setLngLat(geometry.coordinates).addTo(map);
    for (const name of ["role", "aria-label", "tabindex"]) element.removeAttribute(name);
    element.setAttribute("aria-hidden", "true"); // The table says the same.
    return element;
  });
  const makeRoom = () => {
    const taken = [];
    for (const name of names) name.hidden = false;
    const boxes = names.map((name) => name.getBoundingClientRect());
    names.forEach((name, index) => {
      const box = boxes[index];
      name.hidden = taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      if (!name.hidden) taken.push(box);
    });
  };
  map.on("moveend", makeRoom);
  requestAnimationFrame(makeRoom);
}

function answerPresses(gl, map) {
  for (const layer of ["point", "cell", "area"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: ["point", "cell", "area"] });
    if (hit && (hit.properties.label || hit.properties.n)) {
      new gl.Popup({ maxWidth: "18rem" }).setLngLat(event.lngLat).setDOMContent(words(hit.properties)).addTo(map);
    }
  });
}

function words({ label, n, url, text }) {
  const content = document.createElement("div");
  const title = document.createElement(url ? "a" : "strong");
  if (url) title.href = url;
  title.textContent = label || text || String(n);
  content.append(title);
  if (n !== undefined && label) content.append(document.createElement("br"), text || `${n}`);
  return content;
}

function pickPoint(gl, map, box) {
  const [longitude, latitude] = [box.dataset.pickLongitude, box.dataset.pickLatitude].map((id) => document.getElementById(id));
  const number = (input) => Number.parseFloat(input.value.replace(",", "."));
  const marker = new gl.Marker({ draggable: true, color: colours(box).now });
  const write = ({ lng, lat }) => {
    longitude.value = lng.toFixed(5).replace(".", ",");
    latitude.value = lat.toFixed(5).replace(".", ",");
  };
  const read = () => {
    const [x, y] = [number(longitude), number(latitude)];
    if (Number.isFinite(x) && Number.isFinite(y) && Math.abs(y) <= 85) marker.setLngLat([x, y]).addTo(map);
    else marker.remove();
  };
  marker.on("dragend", () => write(marker.getLngLat()));
  map.on("click", ({ lngLat }) => { marker.setLngLat(lngLat).addTo(map); write(lngLat); });
  for (const input of [longitude, latitude]) input.addEventListener("change", read);
  read();
  if (marker.getLngLat()) map.jumpTo({ center: marker.getLngLat(), zoom: 13 });
}

function followScheme(map, box) {
  const redraw = () => {
    const colour = colours(box);
    map.setPaintProperty("ground", "background-color", colour.water);
    map.setPaintProperty("land", "fill-color", colour.land);
    for (const layer of ["outline", "area-line"]) map.setPaintProperty(layer, "line-color", colour.line);
    for (const layer of ["area", "cell"]) map.setPaintProperty(layer, "fill-color", colour.now);
    map.setPaintProperty("place", "circle-color", colour.past);
    map.setPaintProperty("point", "circle-color", colour.now);
    map.setPaintProperty("point", "circle-stroke-color", colour.sheet);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-color-scheme"] });
}

// A map further down is drawn when one comes near it.
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    drawMap(target);
  }
}, { rootMargin: "400px" });
for (const box of document.querySelectorAll("[data-map]")) near.observe(box);
