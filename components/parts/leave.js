// Leaves for another address of this app, once.
export default function mount({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  if (host.comptoirLeft === data.path || !/^\/(?!\/)/.test(data.path)) return;
  host.comptoirLeft = data.path;
  window.location.assign(data.path);
}
