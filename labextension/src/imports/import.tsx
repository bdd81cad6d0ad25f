/** Asks for an archive, sends it, and goes to the project that it becomes. */
import { UUID } from '@lumino/coreutils';
import React from 'react';

import type { IWove } from '../tokens';
import { showWork, useTrans } from '../ui';
import type { Draft } from '../ui/form';
import { ask } from '../ui/form';
import { NameField } from '../ui/name-field';
import { FileField } from './file-field';
import { sendArchive, titleOf } from './model';

interface Chosen {
  readonly file: File | null;
  readonly title: string;
}

/** Make a project of an archive that the user chooses. */
export async function importArchive(wove: IWove): Promise<void> {
  const { trans } = wove;
  const chosen = await choose(wove);
  const file = chosen?.file;
  const key = UUID.uuid4();
  const outcome =
    file &&
    (await showWork(wove, {
      title: trans.__('Importing “%1”', chosen.title),
      beginning: trans.__('Sending %1…', file.name),
      refusal: trans.__('“%1” was not imported.', chosen.title),
      begin: signal => sendArchive(wove.api, file, chosen.title.trim(), key, signal)
    }));
  if (outcome) {
    void wove.queries.invalidateQueries();
    await wove.commands.execute('wove:arrive', {
      title: chosen.title,
      folder: outcome.made.folder,
      leftOut: outcome.made.left_out.length,
      stayed: outcome.stayed
    });
  }
}

function choose(wove: IWove): Promise<Chosen | null> {
  const { trans } = wove;
  return ask<Chosen, Chosen>(wove, {
    title: trans.__('Import an archive'),
    accept: trans.__('Import'),
    initial: { file: null, title: '' },
    fields: draft => <Fields {...draft} />,
    send: value => Promise.resolve(value)
  });
}

function Fields({ value, change }: Draft<Chosen>): JSX.Element {
  const trans = useTrans();
  const take = (file: File | null): void => {
    const untouched = value.title === '' || value.title === titleOf(value.file?.name ?? '');
    change({ file, ...(file && untouched && { title: titleOf(file.name) }) });
  };
  return (
    <>
      <FileField file={value.file} onFile={take} />
      <NameField
        label={trans.__('Title of the project')}
        value={value.title}
        onChange={title => change({ title })}
      />
    </>
  );
}
