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

// Around the named places, where people are; around the whole municipality where none has a point.
function bounds(outline, places) {
  const points = places.length
    ? places.map((one) => [one.longitude, one.latitude])
    : outline.features.flatMap((one) => pairs(one.geometry.coordinates.flat(Infinity)));
  const edge = (pick, at) => points.map((one) => one[at]).reduce((one, other) => pick(one, other));
  return [[edge(Math.min, 0), edge(Math.min, 1)], [edge(Math.max, 0), edge(Math.max, 1)]];
}

const pairs = (numbers) => numbers.flatMap((one, index) => (index % 2 ? [] : [[one, numbers[index + 1]]]));

// From farther away than this a press says no more than which part of town: it goes nearer instead.
const NEAR = 11;

export async function openMap(box, settings, places, onPoint, onNearer) {
  const { lib, worker, css } = settings.maplibre;
  const [maplibre, response] = await Promise.all([import(lib), fetch(settings.outline, { cache: "force-cache" })]);
  const outline = await response.json();
  if (!document.querySelector(`link[href="${css}"]`)) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css }));
  const library = maplibre.default ?? maplibre;
  (library.setWorkerUrl ?? maplibre.setWorkerUrl)?.(worker);
  const known = places.filter((one) => one.longitude !== null);
  const { zoom_in: zoomIn, zoom_out: zoomOut, map: title } = settings.texts;
  const locale = { "Map.Title": title, "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut };
  const options = { container: box, style: style(settings, outline), attributionControl: settings.tiles ? undefined : false, dragRotate: false, locale };
  if (known.length || outline.features.length) Object.assign(options, { bounds: bounds(outline, known), fitBoundsOptions: { padding: 40, maxZoom: 14 } });
  const map = new (library.Map ?? maplibre.Map)(options);
  map.addControl(new (library.NavigationControl ?? maplibre.NavigationControl)({ showCompass: false }), "top-right");
  for (const place of known) {
    const mark = Object.assign(document.createElement("span"), { className: "r-mark", title: place.name });
    new (library.Marker ?? maplibre.Marker)({ element: mark }).setLngLat([place.longitude, place.latitude]).addTo(map);
  }
  map.on("click", ({ lngLat }) => {
    if (map.getZoom() >= NEAR) return onPoint(lngLat.lng, lngLat.lat);
    map.easeTo({ center: lngLat, zoom: NEAR + 2 });
    return onNearer();
  });
  return map;
}
