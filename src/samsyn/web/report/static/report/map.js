// The map, only for who asks for it: press where it was. Background from the municipality's own tiles, or plain.

function style(settings, outline) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const sources = { outline: { type: "geojson", data: outline } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": colour("--paper") || "#fbfaf7" } }];
  if (settings.tiles) {
    sources.tiles = { type: "raster", tiles: [settings.tiles], tileSize: 256, attribution: settings.credit };
    layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  layers.push({ id: "outline", type: "line", source: "outline", paint: { "line-color": "#5c6b6d", "line-width": 1.5 } });
  return { version: 8, sources, layers };
}

function bounds(outline) {
  const points = outline.features.flatMap((one) => one.geometry.coordinates.flat(Infinity));
  const even = points.filter((_, index) => index % 2 === 0);
  const odd = points.filter((_, index) => index % 2 === 1);
  const edge = (pick, values) => values.reduce((one, other) => pick(one, other));
  return [[edge(Math.min, even), edge(Math.min, odd)], [edge(Math.max, even), edge(Math.max, odd)]];
}

export async function openMap(box, settings, places, onPoint) {
  const { lib, worker, css } = settings.maplibre;
  const [maplibre, response] = await Promise.all([import(lib), fetch(settings.outline, { cache: "force-cache" })]);
  const outline = await response.json();
  if (!document.querySelector(`link[href="${css}"]`)) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css }));
  const library = maplibre.default ?? maplibre;
  (library.setWorkerUrl ?? maplibre.setWorkerUrl)?.(worker);
  const options = { container: box, style: style(settings, outline), attributionControl: settings.tiles ? undefined : false };
  if (outline.features.length) options.bounds = bounds(outline);
  const map = new (library.Map ?? maplibre.Map)(options);
  for (const place of places.filter((one) => one.longitude !== null)) {
    const mark = Object.assign(document.createElement("span"), { className: "r-mark", title: place.name });
    new (library.Marker ?? maplibre.Marker)({ element: mark }).setLngLat([place.longitude, place.latitude]).addTo(map);
  }
  map.on("click", (event) => onPoint(event.lngLat.lng, event.lngLat.lat));
  return map;
}
