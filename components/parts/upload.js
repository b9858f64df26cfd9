// Sends one file of the facilitator's to this app, as it is read: nothing is held in memory whole.
const uploads = new WeakMap();

export default function mount({ data, parentElement }) {
  const form = parentElement.querySelector(".upload");
  let upload = uploads.get(form);
  if (!upload) {
    upload = new Upload(form);
    uploads.set(form, upload);
  }
  upload.aim(data);
  return () => {
    upload.request?.abort();
    uploads.delete(form);
  };
}

class Upload {
  constructor(form) {
    [this.label, this.input, this.button, this.progress, this.status] = ["label span", "input", "button", "progress", ".status"]
      .map((part) => form.querySelector(part));
    form.onsubmit = (event) => {
      event.preventDefault();
      this.send();
    };
  }

  aim({ address, most, labels }) {
    Object.assign(this, { address, most, labels });
    this.label.textContent = labels.choose;
    this.button.textContent = labels.send;
  }

  send() {
    const file = this.input.files[0];
    if (!file) return this.say(this.labels.none);
    if (file.size > this.most) return this.say(this.labels.too_large);
    const request = (this.request = new XMLHttpRequest());
    request.open("PUT", this.address);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => (this.progress.value = loaded / total);
    request.onload = () => {
      this.busy(false);
      let answer;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = {};
      }
      this.say([answer.message || this.labels.failed, ...(answer.problems ?? [])].join("\n"));
      if (/^\/(?!\/)/.test(answer.path ?? "")) window.location.assign(answer.path);
    };
    request.onerror = () => {
      this.busy(false);
      this.say(this.labels.failed);
    };
    this.busy(true);
    request.send(file);
  }

  busy(busy) {
    this.button.disabled = busy;
    this.progress.hidden = !busy;
    if (busy) this.say(this.labels.sending);
  }

  say(words) {
    this.status.textContent = words;
  }
}
