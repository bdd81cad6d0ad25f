/** Tells people what happened to their document while they were away, and asks what to do. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { notifyProblem } from '../ui/dialogs';
import type { Documents } from './documents';
import { forget, readInto } from './keeping';
import type { RoomProvider, Told } from './provider';

type Model = RoomProvider['options']['model'];

/** Speaks for all rooms of this page. */
export class Telling implements Told {
  constructor(
    private readonly documents: Documents,
    private readonly trans: TranslationBundle
  ) {}

  said(sentence: string, isWarning: boolean): void {
    Notification.emit(sentence, isWarning ? 'warning' : 'info', { autoClose: 10_000 });
  }

  replaced(room: RoomProvider): void {
    const { unsent } = room.safety.getState();
    if (unsent === 0) {
      this.documents.reopen(room);
    } else {
      void this.ask(room, unsent);
    }
  }

  leftBehind(room: RoomProvider, names: readonly string[]): void {
    for (const name of names) {
      void this.askAbout(room, name);
    }
  }

  expired(room: RoomProvider, reason: string): void {
    void this.askToReload(room, reason);
  }

  private async ask(room: RoomProvider, unsent: number): Promise<void> {
    const { trans } = this;
    this.asked.add(room.keptAs);
    const { button } = await showDialog({
      title: trans.__('%1 was replaced on the server', room.options.path),
      body: trans._n(
        'While you were away, the server began this document anew. %1 change of yours was not sent before; it cannot be merged.',
        'While you were away, the server began this document anew. %1 changes of yours were not sent before; they cannot be merged.',
        unsent
      ),
      buttons: [
        Dialog.warnButton({ label: trans.__('Discard my changes'), actions: ['discard'] }),
        Dialog.okButton({ label: trans.__('Keep my version as a copy'), actions: ['keep'] })
      ],
      hasClose: false
    });
    if (button.actions.includes('discard') || (await this.keep(room, room.options.model))) {
      forget(room.keptAs);
      this.documents.reopen(room);
    } else {
      await this.ask(room, unsent);
    }
  }

  private async askAbout(room: RoomProvider, name: string): Promise<void> {
    const { trans } = this;
    if (this.asked.has(name)) {
      return;
    }
    this.asked.add(name);
    const { button } = await showDialog({
      title: trans.__('Changes of %1 were never sent', room.options.path),
      body: trans.__(
        'This browser has changes of yours that the server never got before it began the document anew. They cannot be merged.'
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Ask me later') }),
        Dialog.warnButton({ label: trans.__('Discard my changes'), actions: ['discard'] }),
        Dialog.okButton({ label: trans.__('Keep my version as a copy'), actions: ['keep'] })
      ]
    });
    if (button.actions.includes('discard') || (await this.keepLeft(room, name, button))) {
      forget(name);
    }
  }

  private async keepLeft(
    room: RoomProvider,
    name: string,
    button: Dialog.IButton
  ): Promise<boolean> {
    if (!button.actions.includes('keep')) {
      return false;
    }
    const model = await this.readLeft(room, name);
    try {
      return await this.keep(room, model);
    } finally {
      model.dispose();
    }
  }

  private async readLeft(room: RoomProvider, name: string): Promise<Model> {
    const model = new (room.options.model.constructor as new () => Model)();
    await readInto(name, model.ydoc);
    return model;
  }

  /** Write a version beside the file; tell whether that was done. */
  private async keep(room: RoomProvider, model: Model): Promise<boolean> {
    const { trans } = this;
    try {
      const who = trans.__('copy of %1', room.options.user.identity?.display_name ?? '');
      const path = await this.documents.keepCopy(room, model, who);
      Notification.success(trans.__('Your version is in %1.', path), { autoClose: 10_000 });
      return true;
    } catch (error) {
      notifyProblem(trans, trans.__('Your version could not be kept as a copy.'), error);
      return false;
    }
  }

  private async askToReload(room: RoomProvider, reason: string): Promise<void> {
    const { trans } = this;
    const { isKept } = room.safety.getState();
    const isNew = reason.includes('version_mismatch');
    const { button } = await showDialog({
      title: isNew ? trans.__('The server has a newer version') : trans.__('Reload this page'),
      body: isKept
        ? trans.__(
            'The server cannot go on with this page. What you typed is kept in this browser, and sent after the page was loaded again.'
          )
        : trans.__(
            'The server cannot go on with this page. What was typed since it went away is in this tab only: copy it before you reload.'
          ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Later') }),
        Dialog.okButton({ label: trans.__('Reload') })
      ]
    });
    if (button.accept) {
      window.location.reload();
    }
  }

  /** What was asked about already on this page. */
  private readonly asked = new Set<string>();
}
