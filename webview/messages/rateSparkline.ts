import type { TemplateResult } from 'lit';
import { html, nothing, svg } from 'lit';
import { countText } from '../shared/words';

const height = 16;
const seconds = 60;

/** Points of the line, one a second, the newest at the right edge; the highest rate reaches the top. */
export function sparkPoints(rates: readonly number[]): string {
  const highest = Math.max(1, ...rates);
  return rates
    .map((rate, index) => {
      const x = seconds - rates.length + index;
      const y = height - 1 - (Math.max(0, rate) / highest) * (height - 2);
      return `${x},${y.toFixed(1)}`;
    })
    .join(' ');
}

/** The rate of the last minute as a line, and in words for those who do not see it. */
export function sparklineTemplate(rates: readonly number[]): TemplateResult | typeof nothing {
  if (rates.length < 2) return nothing;
  const highest = countText(Math.round(Math.max(...rates)));
  const words = `Rate over the last ${rates.length} seconds: at most ${highest} messages a second`;
  return html`<svg
    class="sparkline"
    role="img"
    aria-label=${words}
    viewBox="0 0 ${seconds - 1} ${height}"
    preserveAspectRatio="none"
  >
    ${svg`<polyline points=${sparkPoints(rates)}></polyline>`}
  </svg>`;
}
