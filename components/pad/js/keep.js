// What must outlive the page: drafts and unsent answers. A browser that refuses storage keeps them in memory.
class Keep {
  constructor(prefix) {
    this.prefix = prefix;
    this.memory = {};
  }

  name(key) {
    return this.prefix + key;
  }

  get(key, otherwise) {
    try {
      const text = localStorage.getItem(this.name(key)) ?? this.memory[key];
      return text === undefined || text === null ? otherwise : JSON.parse(text);
    } catch {
      return this.memory[key] === undefined ? otherwise : JSON.parse(this.memory[key]);
    }
  }

  set(key, value) {
    this.memory[key] = JSON.stringify(value);
    try {
      localStorage.setItem(this.name(key), this.memory[key]);
    } catch {
      // Private browsing or full: memory holds it for as long as the page is open.
    }
  }

  // Whatever begins so.
  forget(prefix) {
    const begin = this.name(prefix);
    Object.keys(this.memory).filter((key) => key.startsWith(prefix)).forEach((key) => delete this.memory[key]);
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(begin)).forEach((key) => localStorage.removeItem(key));
    } catch {
      // As in `set`.
    }
  }

  remove(key) {
    delete this.memory[key];
    try {
      localStorage.removeItem(this.name(key));
    } catch {
      // As in `set`.
    }
  }
}
