// Lets the pin of a venue be drawn to its place. The buttons below the map do the same without it.
(() => {
  "use strict";
  const holder = document.getElementById("map");
  const drawing = JSON.parse(document.getElementById("drawing").textContent);
  const form = document.getElementById("drawn");
  holder.hidden = false;

  const at = [drawing.lat, drawing.lng];
  const map = L.map(holder, { zoomControl: false, scrollWheelZoom: false, fadeAnimation: false, maxZoom: 18 });
  map.setView(at, 16);
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: holder.dataset.nearer, zoomOutTitle: holder.dataset.further }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (drawing.tiles) {
    L.tileLayer(drawing.tiles, { attribution: drawing.attribution, maxZoom: 18 }).addTo(map);
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  map.createPane("names").classList.add("names");
  for (const { lat, lng, name } of drawing.towns) {
    const icon = L.divIcon({ className: "town", html: element("span", name), iconSize: null });
    L.marker([lat, lng], { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
  }

  const icon = L.divIcon({ className: "pin", html: element("span", ""), iconSize: [44, 44] });
  // One that others use too stays where it is.
  if (form) document.getElementById("can-be-drawn").hidden = false;
  // What one can only draw is no stop for a keyboard.
  L.marker(at, { icon, draggable: form !== null, keyboard: false })
    .on("dragend", (event) => {
      const { lat, lng } = event.target.getLatLng();
      form.elements.lat.value = lat.toFixed(6);
      form.elements.lng.value = lng.toFixed(6);
      form.hidden = false;
    })
    .addTo(map);
})();
