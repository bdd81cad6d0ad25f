/** What the project says how agents should work: read, then trusted or not. */
import React, { useState } from 'react';

import { unwrap } from '../api/client';
import type { RulesView } from '../api/models';
import { notifyProblem, useWove } from '../ui';

interface RulesProps {
  readonly rules: readonly RulesView[];
  readonly onChange: () => void;
}

export function Rules({ rules, onChange }: RulesProps): JSX.Element | null {
  const { trans } = useWove();
  if (rules.length === 0) {
    return null;
  }
  return (
    <section className="wove-Tray-rules">
      <h4>{trans.__('Rules of the project')}</h4>
      <p className="wove-Muted">
        {trans.__('Models are told them as instructions, if you trust them as they are now.')}
      </p>
      {rules.map(each => (
        <Rule key={each.path} rule={each} onChange={onChange} />
      ))}
    </section>
  );
}

interface RuleProps {
  readonly rule: RulesView;
  readonly onChange: () => void;
}

function Rule({ rule: { path, text, digest, trusted }, onChange }: RuleProps): JSX.Element {
  const { api, trans } = useWove();
  const [isOn, setOn] = useState(trusted);
  const toggle = async (): Promise<void> => {
    setOn(!isOn);
    try {
      await unwrap(
        isOn
          ? api.DELETE('/wove/api/ai/rules/{digest}', { params: { path: { digest } } })
          : api.POST('/wove/api/ai/rules', { body: { digest } })
      );
    } catch (problem) {
      setOn(isOn);
      notifyProblem(trans, trans.__('The rules are as they were.'), problem);
    }
    onChange();
  };
  return (
    <details>
      <summary>{path}</summary>
      <pre className="wove-Tray-text">{text}</pre>
      <label>
        <input type="checkbox" checked={isOn} onChange={() => void toggle()} />
        {trans.__('I have read these rules and trust them')}
      </label>
    </details>
  );
}
