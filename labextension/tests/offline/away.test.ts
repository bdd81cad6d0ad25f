/** @jest-environment <rootDir>/tests/browser.cjs */
import { Dialog, Notification } from '@jupyterlab/apputils';
import { ServerConnection, type ServiceManager } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { quietly } from '../../src/offline/away';

const MINUTE = 60_000;
const noAnswer = new ServerConnection.NetworkError(new TypeError('Failed to fetch'));
const stopped = new ServerConnection.ResponseError(new Response('', { status: 503 }));
const manager = {} as ServiceManager.IManager;

let commands: CommandRegistry;
let restarts: number;

function told(): string[] {
  return Notification.manager.notifications.map(each => each.message.slice(0, 27));
}

function start(): (error: ServerConnection.NetworkError) => void {
  const lost = quietly(commands, nullTranslator.load('jupyter_wove'));
  return error => void lost(manager, error);
}

beforeEach(() => {
  jest.useFakeTimers();
  commands = new CommandRegistry();
  restarts = 0;
});

afterEach(() => {
  Notification.dismiss();
  jest.useRealTimers();
});

function onHub(): void {
  commands.addCommand('hub:restart', { execute: () => (restarts += 1) });
}

test('one absence is told once, and without a dialog', () => {
  const fail = start();
  for (let asked = 0; asked < 4; asked++) {
    fail(noAnswer);
    jest.advanceTimersByTime(5 * MINUTE);
  }
  expect(told()).toEqual(['The server does not answer.']);
  expect(Dialog.tracker.size).toBe(0);
});

test('the next absence is told again', () => {
  const fail = start();
  fail(noAnswer);
  jest.advanceTimersByTime(7 * MINUTE);
  fail(noAnswer);
  expect(told()).toHaveLength(2);
});

test('a server that was stopped is started again by who wants it', () => {
  onHub();
  const fail = start();
  fail(stopped);
  fail(stopped);
  expect(told()).toEqual(['Your server is not running.']);
  const offered = Notification.manager.notifications.flatMap(each => each.options.actions ?? []);
  offered[0]?.callback(new MouseEvent('click'));
  expect(restarts).toBe(1);
});

test('a line that was cut does not say that the server was stopped', () => {
  onHub();
  start()(noAnswer);
  expect(told()).toEqual(['The server does not answer.']);
});
