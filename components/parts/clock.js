// Counts down in the browser from what the server said; stands still while the page is hidden.
const clocks = new WeakMap();

export default function mount({ data, parentElement }) {
  const [label, time] = ["label", "time"].map((name) => parentElement.querySelector(`.${name}`));
  clearInterval(clocks.get(time));
  const started = Date.now();
  const draw = () => {
    const passed = data.running ? (Date.now() - started) / 1_000 : 0;
    const left = Math.round(data.seconds - passed);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    time.textContent = `${left < 0 ? "+" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
    time.classList.toggle("over", left < 0);
    label.textContent = left < 0 ? data.over : data.label;
  };
  draw();
  if (data.running) clocks.set(time, setInterval(() => document.hidden || draw(), 1_000));
  return () => clearInterval(clocks.get(time));
}
