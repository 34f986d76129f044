// A log on its way into the workspace: dropped or chosen, sent as it is, with how much is there.

const zone = () => document.getElementById("drop-zone");

function say(text, bad = false) {
  const line = document.getElementById("sending-said");
  line.textContent = text;
  line.classList.toggle("bad", bad);
}

function refusal(file) {
  const { most, endings, large, kind } = zone().dataset;
  const known = endings.split(" ");
  if (!known.some((ending) => file.name.toLowerCase().endsWith(ending))) {
    return kind.replace("{endings}", [...known].sort().join(", "));
  }
  return file.size > Number(most) ? large : "";
}

function send(file) {
  const why = refusal(file);
  if (why) return say(why, true);
  const bar = document.getElementById("sending");
  const { sending, away, stream } = zone().dataset;
  const request = new XMLHttpRequest();
  const failed = (text) => {
    bar.hidden = true;
    zone().classList.remove("is-sending");
    say(text, true);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? loaded / total : 0;
    say(sending.replace("{name}", file.name).replace("{share}", `${Math.round(bar.value * 100)} %`));
  });
  request.addEventListener("error", () => failed(away));
  request.addEventListener("load", () => {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch {
      said = { detail: request.responseText };
    }
    if (request.status === 201) location.assign(said.href);
    else failed(said.detail.charAt(0).toUpperCase() + said.detail.slice(1));
  });
  bar.hidden = false;
  zone().classList.add("is-sending");
  request.open("PUT", `/new/log/file?${new URLSearchParams({ name: file.name, ...(stream ? { stream } : {}) })}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.setRequestHeader("accept", "application/json");
  request.send(file);
}

document.addEventListener("change", (event) => {
  if (event.target.id === "log-file" && event.target.files[0]) send(event.target.files[0]);
});

for (const kind of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(kind, (event) => {
    const over = event.target.closest?.("#drop-zone");
    zone()?.classList.toggle("is-over", Boolean(over) && kind === "dragover");
    if (!over) return;
    event.preventDefault();
    if (kind === "drop" && event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
  });
}
