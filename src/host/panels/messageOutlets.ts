import path from 'node:path';
import * as vscode from 'vscode';
import { asFailure, Failure } from '../../core/base/failure';
import { base64Text } from '../../core/message/base64';
import { comparableText } from '../../core/message/comparableText';
import type { ReadableBody } from '../../core/message/comparableText';
import { amqplibCall } from '../../core/message/copyAs/amqplib';
import { pikaCall } from '../../core/message/copyAs/pika';
import { rabbitmqadminCall } from '../../core/message/copyAs/rabbitmqadmin';
import type { DecodedBody } from '../../core/message/decoded';
import type { MessageDetail } from '../../core/message/detail';
import { exactText } from '../../core/message/exactText';
import { writeTable } from '../../core/message/fieldNotation';
import { prettyJson } from '../../core/message/jsonPretty';
import { formFromMessage } from '../../core/message/messageForm';
import type { PublishForm } from '../../core/message/publishForm';
import type { Handlers } from '../../protocol/endpoint';
import type { CopyForm, MessagesPanelContract } from '../../protocol/messagesPanel';
import { askTarget, tellOfFile } from '../localFiles';
import { localNumber } from '../words';
import { bodyDocument, isPlainText } from './bodyDocument';
import type { MessagesFeed } from './messagesFeed';
import type { ReadOnlyDocuments, ReadOnlyText } from './readOnlyDocuments';
import { sourceText } from './sourceText';

/** Largest body that is taken over from the worker whole. */
const wholeBodyBytes = 32 * 1024 * 1024;
const mostHeaderText = 1024 * 1024;

/** Opens the publish panel with a form; `messagesPanels` and `publishPanels` know each other through it only. */
export type OpenPublish = (profileId: string, vhost: string, form: PublishForm) => void;

type Outlets = Pick<
  Handlers<MessagesPanelContract>,
  'openInEditor' | 'publishAgain' | 'compare' | 'copy' | 'exportView' | 'record'
>;

/** What takes messages out of the panel: into editors, the clipboard, files, and the publish panel. */
export function messageOutlets(
  feed: MessagesFeed,
  documents: ReadOnlyDocuments,
  openPublish: OpenPublish,
): Outlets {
  const source = (): string => sourceText(feed.revival.source);
  const whole = (seq: number, signal: AbortSignal): Promise<MessageDetail> =>
    feed.message(seq, signal, wholeBodyBytes);

  async function asText(seq: number, signal: AbortSignal): Promise<ReadOnlyText> {
    const message = await whole(seq, signal);
    const decoded = await decodedBody(feed, message, signal);
    const readable: ReadableBody | undefined = decoded && { label: decoded.label, text: decoded.text };
    return {
      name: `${source()} ${String(seq)}`,
      text: comparableText(message, readable),
      extension: 'txt',
    };
  }

  return {
    openInEditor: async ({ seq }, signal) => {
      const message = await whole(seq, signal);
      const decoded = await decodedBody(feed, message, signal);
      const { document, shownBytes } = bodyDocument(`${source()} ${String(seq)}`, message, decoded);
      await documents.open(document);
      if (shownBytes !== undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The message has {0} bytes; the first {1} are shown.', message.size, shownBytes),
        );
      } else if (decoded?.cut === true) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('Only the beginning of the decoded body is shown.'),
        );
      }
      return undefined;
    },
    publishAgain: async ({ seq }, signal) => {
      const message = await whole(seq, signal);
      if (message.body.length < message.size) throw tooLarge(message);
      const { profileId, source: watched } = feed.revival;
      openPublish(profileId, watched.vhost, formFromMessage(message));
      return undefined;
    },
    compare: async ({ left, right }, signal) => {
      const [first, second] = [Math.min(left, right), Math.max(left, right)];
      const texts = await Promise.all([asText(first, signal), asText(second, signal)]);
      await documents.compare(...texts, `${source()} ${String(first)} ↔ ${String(second)}`);
      return undefined;
    },
    copy: async ({ seq, what }, signal) => {
      const message = await whole(seq, signal);
      await vscode.env.clipboard.writeText(copiedText(message, what, feed.revival.source.vhost));
      if (what === 'body' && exactText(message.body) === undefined) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The body is not plain text: it was copied as Base64.'),
        );
      }
      return undefined;
    },
    exportView: async (params, signal) => {
      const file = await askTarget(vscode.l10n.t('Export Messages'), source(), params.format);
      if (file !== undefined) await exportTo(feed, { ...params, path: file }, signal);
      return undefined;
    },
    record: async ({ on }) => {
      if (!on) {
        const recorded = await feed.ask('stopRecording', {});
        tellOfFile(written(recorded.messages, recorded.path), recorded.path, recorded);
        return undefined;
      }
      const file = await askTarget(vscode.l10n.t('Record This Tail'), source(), 'jsonl');
      if (file !== undefined) await feed.change('startRecording', { path: file });
      return undefined;
    },
  };
}

/** What a decoder makes of a body that is no text as it came. */
async function decodedBody(
  feed: MessagesFeed,
  message: MessageDetail,
  signal: AbortSignal,
): Promise<DecodedBody | undefined> {
  if (isPlainText(message)) return undefined;
  const decoded = await feed.ask('decode', { seq: message.seq }, signal).catch(() => undefined);
  return decoded?.language === 'hex' ? undefined : decoded;
}

function copiedText(message: MessageDetail, what: CopyForm, vhost: string): string {
  switch (what) {
    case 'body':
      if (message.body.length < message.size) throw tooLarge(message);
      return exactText(message.body) ?? base64Text(message.body);
    case 'headers': {
      const json = writeTable(message.properties.headers ?? []);
      const pretty = prettyJson(json, mostHeaderText);
      return pretty.kind === 'json' && !pretty.cut ? pretty.text : json;
    }
    case 'amqplib':
      return amqplibCall(message);
    case 'pika':
      return pikaCall(message);
    case 'rabbitmqadmin':
      return rabbitmqadminCall(message, vhost);
  }
}

function tooLarge({ body, size }: MessageDetail): Failure {
  return new Failure(
    'unsupported',
    vscode.l10n.t('This body has {0} bytes, of which only {1} can be had here.', size, body.length),
  );
}

/** Cancelled by the user, or with the panel: then there is no file. */
async function exportTo(
  feed: MessagesFeed,
  params: { readonly path: string; readonly format: 'jsonl' | 'csv'; readonly matchingOnly: boolean },
  panelClosed: AbortSignal,
): Promise<void> {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Writing messages to {0}', path.basename(params.path)),
    cancellable: true,
  };
  await vscode.window.withProgress(progress, async (_, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    const signal = AbortSignal.any([cancel.signal, panelClosed]);
    try {
      const { messages, missing } = await feed.ask('exportView', params, signal);
      const problem = vscode.l10n.t(
        '{0} more were let go by the full buffer before they could be written.',
        localNumber(missing),
      );
      tellOfFile(written(messages, params.path), params.path, missing === 0 ? {} : { problem });
    } catch (thrown) {
      if (asFailure(thrown).reason !== 'cancelled') throw thrown;
    }
  });
}

function written(messages: number, file: string): string {
  const name = path.basename(file);
  return messages === 1
    ? vscode.l10n.t('1 message written to {0}.', name)
    : vscode.l10n.t('{0} messages written to {1}.', localNumber(messages), name);
}
