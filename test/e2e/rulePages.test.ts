import { after, afterEach, before, describe, it } from 'mocha';
import { openWindow } from './stage';
import type { Window } from './stage';

describe('someone who wonders what a code means', function () {
  this.timeout(120_000);
  let window: Window;

  before(async function () {
    this.timeout(300_000);
    window = await openWindow();
    await window.workbench.openFile('definitions.json');
    const problems = await window.workbench.problems();
    await problems.filter({ hasText: 'refused/argument-type' }).first().waitFor({ timeout: 60_000 });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.picture(this.currentTest.title);
  });
  after(() => window.close());

  /** Waits for the rendered page in front, and goes back to the file. */
  async function readPage(code: string): Promise<void> {
    const { workbench } = window;
    const page = workbench.panel();
    await page.getByRole('heading', { name: code, exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Fix', exact: true }).waitFor();
    await workbench.tab('definitions.json').click();
  }

  it('reads its page from the Problems panel', async () => {
    const { workbench } = window;
    const problems = await workbench.problems();
    const row = problems.filter({ hasText: 'refused/argument-type' }).first();
    await row
      .locator('a')
      .filter({ hasText: 'refused/argument-type' })
      .click({ modifiers: ['ControlOrMeta'] });
    await readPage('refused/argument-type');
  });

  it('reads its page from the hover', async () => {
    const { workbench } = window;
    const problems = await workbench.problems();
    await problems
      .filter({ hasText: 'refused/argument-type' })
      .first()
      .dblclick({ position: { x: 90, y: 8 } });
    const value = workbench.page.getByText('"60000"', { exact: true });
    await workbench.clickInHover(value, 'refused/argument-type');
    await readPage('refused/argument-type');
  });

  it('reads its page from the list of all rules', async () => {
    const { workbench } = window;
    await workbench.run('AMQP: Show Rule...');
    await workbench.choose('refused/argument-for-other-type');
    await readPage('refused/argument-for-other-type');
  });
});
