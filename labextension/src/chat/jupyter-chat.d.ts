/**
 * What we use of `@jupyter/chat`. The package comes with jupyterlab-chat, in the browser; of the
 * version that is there, npm has nothing to read types from.
 */
declare module '@jupyter/chat' {
  import type { Token } from '@lumino/coreutils';

  export interface IMessageContent {
    id: string;
    body: unknown;
  }

  export interface MessagePreambleProps {
    model: unknown;
    message: IMessageContent;
  }

  export interface IMessagePreambleRegistry {
    addComponent(component: (props: MessagePreambleProps) => JSX.Element | null): void;
  }

  export const IMessagePreambleRegistry: Token<IMessagePreambleRegistry>;
}
