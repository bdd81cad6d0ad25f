/** A field for an archive: choose it, or drop it there. */
import type { DragEvent } from 'react';
import React, { useEffect, useRef, useState } from 'react';

import { useTrans } from '../ui';
import { Field } from '../ui/form';
import { ARCHIVES } from './model';

interface FileFieldProps {
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
}

export function FileField({ file, onFile }: FileFieldProps): JSX.Element {
  const trans = useTrans();
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    // The dialog judges its fields when one of them says this; now the title is there too.
    field.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [file]);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (field.current && event.dataTransfer.files.length) {
      field.current.files = event.dataTransfer.files;
      onFile(event.dataTransfer.files[0] ?? null);
    }
  };
  return (
    <div
      className={over ? 'wove-Drop wove-mod-over' : 'wove-Drop'}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Field
        label={trans.__('Archive')}
        hint={
          file
            ? trans.__('It is unpacked into a new folder.')
            : trans.__('A zip or tar file with notebooks. Choose it, or drop it here.')
        }
      >
        {ids => (
          <input
            {...ids}
            ref={field}
            type="file"
            required
            accept={ARCHIVES}
            onChange={event => onFile(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
    </div>
  );
}
