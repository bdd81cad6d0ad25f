/** Tells people what happened to their document while they were away, and asks what to do. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { notifyProblem } from '../ui/dialogs';
import type { Documents } from './documents';
import type { RoomProvider, Told } from './provider';

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

  expired(reason: string): void {
    void this.askToReload(reason);
  }

  private async ask(room: RoomProvider, unsent: number): Promise<void> {
    const { trans } = this;
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
    if (!button.actions.includes('discard')) {
      await this.keep(room);
    }
    this.documents.reopen(room);
  }

  private async keep(room: RoomProvider): Promise<void> {
    const { trans } = this;
    try {
      const who = trans.__('copy of %1', room.options.user.identity?.display_name ?? '');
      const path = await this.documents.keepCopy(room, who);
      Notification.success(trans.__('Your version is in %1.', path), { autoClose: 10_000 });
    } catch (error) {
      notifyProblem(trans, trans.__('Your version could not be kept as a copy.'), error);
      throw error;
    }
  }

  private async askToReload(reason: string): Promise<void> {
    const { trans } = this;
    const isNew = reason.includes('version_mismatch');
    const { button } = await showDialog({
      title: isNew ? trans.__('The server has a newer version') : trans.__('Reload this page'),
      body: trans.__(
        'The server cannot go on with this page. What you typed is kept in this browser and sent after the page was loaded again.'
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
}
