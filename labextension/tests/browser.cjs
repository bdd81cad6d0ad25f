// jsdom with the parts of a browser that Node has and jsdom lacks.
const { TestEnvironment } = require('jest-environment-jsdom');

const LACKING = [
  'fetch',
  'Headers',
  'Request',
  'Response',
  'structuredClone',
  'TextDecoder',
  'TextEncoder'
];

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of LACKING) {
      this.global[name] = globalThis[name];
    }
    this.global.DragEvent = class extends this.global.MouseEvent {};
    this.global.matchMedia = media => ({
      media,
      matches: false,
      addListener() {},
      removeListener() {}
    });
    this.global.requestIdleCallback = work => setTimeout(work, 0);
    this.global.ResizeObserver = class {
      observe() {}
      unobserve() {}
      disconnect() {}
    };
  }
};
