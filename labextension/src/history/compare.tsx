/** Draws two versions of a project side by side in time: files at the left, changes at the right. */
import { useQuery } from '@tanstack/react-query';
import React, { useState } from 'react';

import type { ChangedFile, Project, Version } from '../api/models';
import { WORKING, changes, project as askProject, versions } from '../projects/queries';
import { may, versionName } from '../projects/words';
import { ActionButton, Busy, EmptyState, ErrorState, useTrans, useWove, woveIcon } from '../ui';
import { FileChanges } from './file-diff';
import { FileList } from './file-list';
import type { Pair } from './queries';
import { useWalk } from './walking';

export interface CompareProps extends Pair {
  /** The file to show first; '' for the first of them. */
  readonly path: string;
}

export default function Compare({ path, ...first }: CompareProps): JSX.Element {
  const { api } = useWove();
  const trans = useTrans();
  const [pair, setPair] = useState<Pair>(first);
  const project = useQuery(askProject(api, pair.id));
  const files = useQuery(changes(api, pair.id, pair.base, pair.head));
  const problem = project.error ?? files.error;
  return (
    <section className="wove-Compare" aria-label={trans.__('What changed')}>
      <Head pair={pair} title={project.data?.title ?? ''} onPair={setPair} />
      {problem && <ErrorState problem={problem} onRetry={() => void files.refetch()} />}
      {!problem && !(files.data && project.data) && <Busy label={trans.__('Comparing…')} />}
      {files.data?.length === 0 && <Nothing />}
      {project.data && files.data && files.data.length > 0 && (
        <Changes project={project.data} pair={pair} files={files.data} first={path} />
      )}
    </section>
  );
}

function Nothing(): JSX.Element {
  const trans = useTrans();
  return (
    <EmptyState
      icon={woveIcon}
      title={trans.__('Nothing changed')}
      hint={trans.__('Both have the same files. Choose other versions to compare above.')}
    />
  );
}

interface HeadProps {
  readonly pair: Pair;
  readonly title: string;
  readonly onPair: (pair: Pair) => void;
}

function Head({ pair, title, onPair }: HeadProps): JSX.Element {
  const { api } = useWove();
  const trans = useTrans();
  const known = useQuery(versions(api, pair.id, 'named', 100)).data?.items ?? [];
  return (
    <header className="wove-Compare-head">
      <h2 className="wove-Page-title">{trans.__('What changed in %1', title)}</h2>
      <VersionSelect
        label={trans.__('From')}
        chosen={pair.base}
        known={known}
        onChoose={base => onPair({ ...pair, base })}
      />
      <VersionSelect
        label={trans.__('to')}
        chosen={pair.head}
        known={known}
        working
        onChoose={head => onPair({ ...pair, head })}
      />
    </header>
  );
}

interface VersionSelectProps {
  readonly label: string;
  readonly chosen: string;
  readonly known: readonly Version[];
  /** Whether the files as they are now can be chosen too. */
  readonly working?: boolean;
  readonly onChoose: (version: string) => void;
}

function VersionSelect({
  label,
  chosen,
  known,
  working,
  onChoose
}: VersionSelectProps): JSX.Element {
  const trans = useTrans();
  const listed = chosen === WORKING || known.some(({ id }) => id === chosen);
  return (
    <label className="wove-Choice">
      {label}
      <select
        className="wove-Select"
        value={chosen}
        onChange={event => onChoose(event.target.value)}
      >
        {working && <option value={WORKING}>{trans.__('the files as they are now')}</option>}
        {!listed && <option value={chosen}>{trans.__('automatic %1', chosen.slice(0, 7))}</option>}
        {known.map(version => (
          <option key={version.id} value={version.id}>
            {`${versionName(trans, version)}: ${version.message}`}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ChangesProps {
  readonly project: Project;
  readonly pair: Pair;
  readonly files: readonly ChangedFile[];
  readonly first: string;
}

function Changes({ project, pair, files, first }: ChangesProps): JSX.Element {
  const trans = useTrans();
  const walk = useWalk(
    files.map(({ path }) => path),
    first
  );
  const file = files.find(({ path }) => path === walk.path);
  return (
    <div className="wove-Compare-body">
      <FileList files={files} chosen={walk.path} onChoose={walk.choose} />
      <div className="wove-Compare-file">
        <div className="wove-Actions wove-Compare-tools">
          <h3 className="wove-Compare-path">{walk.path}</h3>
          <ActionButton label={trans.__('Previous change (p)')} onClick={() => walk.step(-1)} />
          <ActionButton label={trans.__('Next change (n)')} onClick={() => walk.step(1)} />
          {file && may(project, 'editor') && <Restore pair={pair} file={file} />}
        </div>
        <div ref={walk.body}>{file && <FileChanges pair={pair} file={file} />}</div>
      </div>
    </div>
  );
}

interface RestoreProps {
  readonly pair: Pair;
  readonly file: ChangedFile;
}

/** Bring the older side back; what was added since is not in it. */
function Restore({ pair, file }: RestoreProps): JSX.Element {
  const { commands } = useWove();
  const trans = useTrans();
  const restore = (args: { path?: string }): void =>
    void commands.execute('wove:restore', { id: pair.id, version: pair.base, ...args });
  return (
    <>
      {file.status !== 'added' && (
        <ActionButton
          label={trans.__('Restore this file…')}
          onClick={() => restore({ path: file.old_path ?? file.path })}
        />
      )}
      <ActionButton label={trans.__('Restore all files…')} onClick={() => restore({})} />
    </>
  );
}
