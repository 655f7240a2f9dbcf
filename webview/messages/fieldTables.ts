import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import type { FieldTable } from '../../src/core/base/fieldValue';
import type { MessageDetail } from '../../src/core/message/detail';
import { fieldLines, timestampText } from '../../src/core/message/fieldText';
import { visibleText } from '../../src/core/message/visibleText';
import { countText, sizeText, timeText } from '../shared/words';

/** Headers with their AMQP types; what is inside tables and arrays stands indented below them. */
export function headersTemplate(headers: FieldTable): TemplateResult {
  if (headers.length === 0) return html`<p class="dim">This message has no headers.</p>`;
  const { lines, cut } = fieldLines(headers);
  return html`<table class="fields">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) =>
            html`<tr class="depth-${Math.min(line.depth, 6)}">
              <th scope="row" class="mono">${visibleText(line.name)}</th>
              <td class="dim">${line.type}</td>
              <td class="mono value">${visibleText(line.text, { lines: true })}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${cut ? html`<p class="dim">There is more than fits here.</p>` : nothing}`;
}

export function propertiesTemplate(detail: MessageDetail): TemplateResult {
  const rows = propertyRows(detail).filter(([, value]) => value !== undefined);
  return html`<table class="fields">
    <tbody>
      ${rows.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td class="mono value">${visibleText(value ?? '')}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Where it came from, then the properties in the order of the specification. */
function propertyRows(detail: MessageDetail): (readonly [string, string | undefined])[] {
  const { properties } = detail;
  const mode = properties.deliveryMode;
  return [
    ['Exchange', detail.exchange === '' ? '(default)' : detail.exchange],
    ['Routing key', detail.routingKey],
    ['Received', timeText(detail.receivedAt)],
    [
      'Size',
      detail.size < 1000
        ? sizeText(detail.size)
        : `${sizeText(detail.size)} (${countText(detail.size)} bytes)`,
    ],
    ['Redelivered', detail.redelivered ? 'yes' : 'no'],
    ['Content type', properties.contentType],
    ['Content encoding', properties.contentEncoding],
    ['Delivery mode', mode === 2 ? '2 (persistent)' : mode === 1 ? '1 (transient)' : mode?.toString()],
    ['Priority', properties.priority?.toString()],
    ['Correlation id', properties.correlationId],
    ['Reply to', properties.replyTo],
    ['Expiration', properties.expiration === undefined ? undefined : `${properties.expiration} ms`],
    ['Message id', properties.messageId],
    ['Timestamp', properties.timestamp === undefined ? undefined : timestampText(properties.timestamp)],
    ['Type', properties.type],
    ['User id', properties.userId],
    ['App id', properties.appId],
    ['Cluster id', properties.clusterId],
  ];
}
