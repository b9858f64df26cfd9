// Asks the app for one change, once, then goes where it shows. What went wrong is said in words.
export default function mount({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  const notice = parentElement.querySelector(".notice");
  if (host.comptoirAsked === data.once) return;
  host.comptoirAsked = data.once;
  const say = (sentence) => {
    notice.textContent = sentence;
    notice.hidden = false;
  };
  fetch(data.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(data.body),
  }).then(
    async (answer) => {
      if (answer.ok) window.location.assign(data.path);
      else say((await answer.json().catch(() => ({}))).message ?? data.failed);
    },
    () => say(data.failed),
  );
}
