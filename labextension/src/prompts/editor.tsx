/** The file of a prompt, to be written on; what is not saved yet survives a reload. */
import React, { useState } from 'react';

import type { PromptCard, PromptContent } from '../api/models';
import { ProblemError } from '../api/problem';
import { ActionButton, useWove } from '../ui';
import { NEW, save, suggest } from './model';

interface EditorProps {
  readonly card: PromptCard | null;
  readonly content: PromptContent | null;
  readonly onSuggested?: () => void;
}

export function Editor({ card, content, onSuggested }: EditorProps): JSX.Element {
  const { api, commands, queries, trans } = useWove();
  const key = `wove:prompt:${card?.id ?? 'new'}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? content?.file ?? NEW);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const mayWrite = card === null || card.role === 'owner' || card.role === 'editor';
  const isChanged = text !== (content?.file ?? '');
  const write = (written: string): void => {
    setText(written);
    localStorage.setItem(key, written);
  };
  const forget = (): void => {
    localStorage.removeItem(key);
    setText(content?.file ?? NEW);
    setProblem('');
  };
  const keep = async (): Promise<void> => {
    setBusy(true);
    try {
      const known = card && content ? { id: card.id, base: content.version.number } : null;
      if (known && !mayWrite) {
        await suggest(api, text, note, known);
        forget();
        onSuggested?.();
      } else {
        const id = await save(api, text, note, known);
        forget();
        await queries.invalidateQueries({ queryKey: ['prompts'] });
        await commands.execute('wove:open-prompt', { id });
      }
    } catch (thrown) {
      setProblem(ProblemError.of(thrown).message);
    }
    setBusy(false);
  };
  const verb = !card
    ? trans.__('Add to the library')
    : mayWrite
      ? trans.__('Save as a new version')
      : trans.__('Suggest this change');
  return (
    <div className="wove-Prompt-editor">
      <textarea
        className="jp-mod-styled"
        value={text}
        spellCheck={false}
        aria-label={trans.__('The file of the prompt')}
        onChange={event => write(event.target.value)}
      />
      {problem && (
        <p className="wove-Prompt-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="wove-Prompt-actions">
        <input
          className="jp-mod-styled"
          value={note}
          maxLength={2000}
          placeholder={trans.__('What is new, in a sentence')}
          aria-label={trans.__('What is new, in a sentence')}
          onChange={event => setNote(event.target.value)}
        />
        <ActionButton
          primary
          label={verb}
          disabled={isBusy || !isChanged}
          onClick={() => void keep()}
        />
        <ActionButton
          label={trans.__('Discard changes')}
          disabled={isBusy || !isChanged}
          onClick={forget}
        />
      </div>
      {!mayWrite && (
        <p className="wove-Muted">
          {trans.__('Who may write on it decides. Fork it to go on without them.')}
        </p>
      )}
    </div>
  );
}

export default function NewPrompt(): JSX.Element {
  return <Editor card={null} content={null} />;
}
