/**
 * What we use of `@jupyter/chat`. The package comes with jupyterlab-chat, in the browser; of the
 * version that is there, npm has nothing to read types from.
 */
declare module '@jupyter/chat' {
  import type { Token } from '@lumino/coreutils';
  import type { FunctionComponent } from 'react';

  export interface IMessageContent {
    id: string;
    body: unknown;
    metadata?: Record<string, unknown>;
  }

  export interface MessagePreambleProps {
    model: unknown;
    message: IMessageContent;
  }

  export interface IMessagePreambleRegistry {
    addComponent(component: (props: MessagePreambleProps) => JSX.Element | null): void;
  }

  export interface IInputModel {
    value: string;
    readonly currentWord: string | null;
    updateMetadata(metadata: Record<string, unknown>): void;
  }

  export interface ChatCommand {
    readonly name: string;
    readonly providerId: string;
    readonly description?: string;
    readonly spaceOnAccept?: boolean;
  }

  export interface IChatCommandProvider {
    id: string;
    listCommandCompletions(input: IInputModel): Promise<ChatCommand[]>;
    onSubmit(input: IInputModel): Promise<void>;
  }

  export interface IChatCommandRegistry {
    addProvider(provider: IChatCommandProvider): void;
  }

  export interface IInputToolbarRegistry {
    addItem(name: string, item: { element: FunctionComponent; position: number }): void;
  }

  export interface IInputToolbarRegistryFactory {
    create(): IInputToolbarRegistry;
  }

  export const IMessagePreambleRegistry: Token<IMessagePreambleRegistry>;
  export const IChatCommandRegistry: Token<IChatCommandRegistry>;
  export const IInputToolbarRegistryFactory: Token<IInputToolbarRegistryFactory>;
}
