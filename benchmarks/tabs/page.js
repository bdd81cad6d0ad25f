// Runs in each page before JupyterLab does: watches the socket of its notebook, types for people.
(() => {
  const STORED = 100; // by this message Wove's server says what is on its disk
  const sockets = [];

  window.WebSocket = class extends window.WebSocket {
    constructor(url, ...others) {
      super(url, ...others);
      if (String(url).includes('/room/json:notebook:')) {
        this.addEventListener('open', () => sockets.push({ opened: Date.now(), stored: [] }));
        this.addEventListener('message', ({ data }) => noteStored(data));
      }
    }
  };

  function noteStored(data) {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : [];
    if (bytes[0] === STORED) {
      sockets.at(-1).stored.push({ at: Date.now(), bytes: [...bytes] });
    }
  }

  const notebook = () => window.jupyterapp?.shell.currentWidget?.content?.model?.sharedModel;

  // One letter after the other, each at the end of the next cell, and each a change of its own.
  async function type(letter, count, atOnce) {
    const { cells } = notebook();
    for (let number = 0; number < count; number++) {
      const cell = cells[number % cells.length];
      const end = cell.source.length;
      cell.updateSource(end, end, letter);
      if (number % atOnce === atOnce - 1) {
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    }
  }

  // How far the changes of this page go: its name in the history, and how many there are.
  function clock() {
    const { ydoc } = notebook();
    const last = ydoc.store.clients.get(ydoc.clientID)?.at(-1);
    return [ydoc.clientID, last ? last.id.clock + last.length : 0];
  }

  const letters = letter =>
    (notebook()?.cells ?? []).reduce((sum, { source }) => sum + source.split(letter).length - 1, 0);

  // A reading of a store comes after all that was to be written into it before.
  async function written() {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    await Promise.all(names.filter(name => name.startsWith('wove:')).map(readOnce));
  }

  function readOnce(name) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction('updates').objectStore('updates').count();
        counting.onerror = () => reject(counting.error);
        counting.onsuccess = () => resolve(opening.result.close());
      };
    });
  }

  window.bench = { sockets, notebook, type, clock, letters, written };
})();
