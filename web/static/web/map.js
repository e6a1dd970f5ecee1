// Draws the venues of the list on a map. All text comes from the page and is set as text, never as markup.
(() => {
  "use strict";
  const holder = document.getElementById("map");
  const drawing = JSON.parse(document.getElementById("drawing").textContent);
  const words = holder.dataset, { walk, towns } = drawing;
  holder.hidden = false;

  const map = L.map(holder, { zoomControl: false, scrollWheelZoom: false, fadeAnimation: false, maxZoom: 18, zoomSnap: drawing.tiles ? 1 : 0.25 });
  // What is drawn stands in the document at once only where the map has a view already.
  const bounds = L.latLngBounds(drawing.spots.map(({ lat, lng }) => [lat, lng]));
  if (walk) {
    // The whole way on foot is in sight; by bus it would make the places too small to press.
    const { lat, lng, metres } = walk;
    bounds.extend(L.latLng(lat, lng).toBounds(2 * Math.min(metres, 4000)));
  }
  // No venue lies under the buttons.
  map.fitBounds(bounds, { paddingTopLeft: [70, 30], paddingBottomRight: [30, 40], maxZoom: 15 });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.further }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (drawing.tiles) {
    L.tileLayer(drawing.tiles, { attribution: drawing.attribution, maxZoom: 18 }).addTo(map);
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function content(spot) {
    const box = document.createElement("div");
    box.append(element("strong", spot.name));
    const list = document.createElement("ul");
    for (const role of spot.roles) {
      const link = element("a", role.title);
      link.href = role.url;
      const row = document.createElement("li");
      row.append(link, element("span", role.when));
      list.append(row);
    }
    box.append(list);
    if (spot.more) box.append(element("p", words.more));
    return box;
  }

  if (walk) {
    const { lat, lng, metres } = walk;
    L.circle([lat, lng], { radius: metres, className: "walk", interactive: false }).addTo(map);
  }

  // Names lie under the venues, or one could not press those.
  map.createPane("names").classList.add("names");
  const named = walk ? [walk, ...towns.filter(({ name }) => name !== walk.name)] : towns;
  const labels = named.map(({ lat, lng, name }) => {
    const icon = L.divIcon({ className: "town", html: element("span", name), iconSize: null });
    return L.marker([lat, lng], { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
  });
  const begin = walk ? labels[0] : null;

  // Beside the buttons and above the scale, on the smallest phone too.
  const room = { minWidth: 220, maxWidth: 220, maxHeight: 210, autoPanPaddingTopLeft: [65, 10], autoPanPaddingBottomRight: [10, 40] };
  let pressed = null;
  for (const spot of drawing.spots) {
    const marker = L.circleMarker([spot.lat, spot.lng], { radius: 11, className: "spot" })
      .bindPopup(content(spot), room)
      .on("popupopen", (event) => {
        event.popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
      })
      .addTo(map);
    const dot = marker.getElement();
    for (const [name, value] of [["tabindex", "0"], ["role", "button"], ["aria-label", spot.name]]) dot.setAttribute(name, value);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = spot.name;
    dot.append(title);
    dot.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      marker.openPopup();
      pressed = dot;
      marker.getPopup().getElement().querySelector("a").focus();
    });
  }
  holder.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
  // Whoever opened it with a key goes on from there.
  map.on("popupclose", () => { pressed?.focus(); pressed = null; });

  // A name stands below its point or, where something lies there, on another side: it lies on no venue, which would be taken
  // for its own, on no button and on no name, or else waits for a larger map. Where a walk begins is named in any case. Who has
  // the fewest sides chooses first, and all choose again for a while, for others may have left better room.
  const SIDES = ["below", "above", "right", "left", "below onward", "below back", "above onward", "above back"];
  const ROUNDS = 8;
  function placeNames() {
    const taken = [...holder.querySelectorAll(".spot, .leaflet-control")].map((one) => one.getBoundingClientRect());
    const all = labels.map((label) => ({ name: label.getElement(), sides: sidesOf(label, taken) }));
    const placed = all.filter(({ sides }) => sides.length > 0).sort((a, b) => a.sides.length - b.sides.length);
    for (let round = 0; round < ROUNDS; round += 1) placed.forEach((one) => choose(one, placed));
    const kept = [];
    for (const { name, chosen } of placed) {
      name.dataset.side = chosen.side;
      name.hidden = kept.some(clashes(chosen.box));
      if (!name.hidden) kept.push(chosen.box);
    }
  }
  function sidesOf(label, taken) {
    const name = label.getElement(), edge = holder.getBoundingClientRect();
    name.hidden = false;
    const all = SIDES.map((side) => {
      name.dataset.side = side;
      return { side, box: name.firstChild.getBoundingClientRect() };
    });
    const isInside = (box) => box.left > edge.left && box.right < edge.right && box.top > edge.top && box.bottom < edge.bottom;
    const free = all.filter(({ box }) => isInside(box) && !taken.some(clashes(box)));
    if (label === begin) return (free.length ? free : all).slice(0, 1);
    name.hidden = free.length === 0;
    return free;
  }
  function choose(one, placed) {
    const others = placed.filter((other) => other !== one && other.chosen).map(({ chosen }) => chosen.box);
    const harm = ({ box }) => others.filter(clashes(box)).length;
    one.chosen = one.sides.reduce((a, b) => (harm(b) < harm(a) ? b : a));
  }
  function clashes(box) {
    return (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  }

  // A phone that is turned round keeps what was opened in sight.
  let opened = null;
  map.on("popupopen", (event) => { opened = event.popup; });
  map.on("popupclose", () => { opened = null; });
  map.on("resize", () => { if (opened) opened.update(); });
  map.on("moveend", placeNames);
  placeNames();
})();
