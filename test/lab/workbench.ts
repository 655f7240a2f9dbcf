import type { FrameLocator, Locator, Page } from 'playwright-core';

/** VS Code's window in a browser, in the terms of a person who uses it. */
export class Workbench {
  constructor(readonly page: Page) {}

  /** Waits until the window can be used. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 90_000 });
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
  }

  /** Shows the view container of the activity bar with that name. */
  async openContainer(name: string): Promise<void> {
    const tab = this.page.locator(`.activitybar .action-item:has(a[aria-label^="${name}"])`);
    await tab.waitFor({ timeout: 60_000 });
    if (!(await tab.getAttribute('class'))?.includes('checked')) await tab.click();
  }

  /** Runs a command by its title, as in the palette. */
  async run(title: string): Promise<void> {
    // The palette shows the commands there were when it opened: those of an extension that is still being read come with the next.
    for (let attempt = 1; !(await this.findCommand(title)); attempt++) {
      if (attempt === 15) throw new Error(`The palette has no command "${title}".`);
      await this.page.keyboard.press('Escape');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Leaves the palette open with that command selected; false when it does not come. */
  private async findCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    await this.quickInput().waitFor();
    await this.quickInput().fill(`>${title}`);
    const first = this.page.locator('.quick-input-list .monaco-list-row').first();
    const found = first.filter({ hasText: title }).waitFor({ timeout: 2000 });
    return found.then(
      () => true,
      () => false,
    );
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  /** Answers the input box that is open (or about to be) and whose prompt or placeholder has `about` in it. */
  async answer(about: string | RegExp, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible').filter({ hasText: about }).waitFor();
    await this.quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Takes the entry of the quick pick that is open. */
  async pick(label: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
  }

  /** Types into the quick pick that is open and takes the first entry with the keyboard. */
  async choose(label: string): Promise<void> {
    // The pick before it may still be open: this one is there when it offers what is wanted.
    await this.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: label })
      .first()
      .waitFor();
    await this.page.keyboard.type(label);
    await this.page
      .locator('.quick-input-list .monaco-list-row.focused')
      .filter({ hasText: label })
      .waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.run('Go to File...');
    await this.quickInput().fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: name }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.tab(name).waitFor();
  }

  /** The row of the sidebar's tree whose label is exactly `name`. */
  treeItem(name: string): Locator {
    return this.page
      .locator('.pane-body .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: exactly(name) }) });
  }

  async expand(name: string): Promise<void> {
    const row = this.treeItem(name).first();
    await row.waitFor({ timeout: 30_000 });
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.click();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await this.page.keyboard.press('ArrowRight');
    await this.page.waitForFunction(
      `document.querySelector('.pane-body .monaco-list-row.focused')?.getAttribute('aria-expanded') === 'true'`,
    );
  }

  /** Right-clicks a row of the tree and takes an entry of its menu. */
  async contextMenu(name: string, entry: string): Promise<void> {
    const taken = this.menuEntry(entry);
    await this.treeItem(name).first().click({ button: 'right' });
    // A menu takes no click in its first moments, so that the click that opened it chooses nothing.
    for (let attempt = 1; attempt <= 5; attempt++) {
      await taken.click();
      const gone = taken.waitFor({ state: 'hidden', timeout: 1_000 });
      if (
        await gone.then(
          () => true,
          () => false,
        )
      ) {
        return;
      }
    }
    throw new Error(`The menu of ${name} stays open.`);
  }

  menuEntry(entry: string): Locator {
    return this.page.locator('.monaco-menu .action-item').filter({ hasText: exactly(entry) });
  }

  /** The editor tab with that title. */
  tab(title: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title });
  }

  /** What is inside the webview that is in front. */
  panel(): FrameLocator {
    return this.page
      .locator('iframe.webview.ready:visible')
      .last()
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  /** The rows of the Problems panel, opened if need be. */
  async problems(): Promise<Locator> {
    await this.run('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** Points at a text of the editor until its hover shows a link with these words, and clicks that. */
  async clickInHover(target: Locator, words: string): Promise<void> {
    const link = this.page.locator('.monaco-hover:visible a').filter({ hasText: words }).first();
    for (let attempt = 1; ; attempt++) {
      await target.hover();
      try {
        await link.click({ timeout: 5_000 });
        return;
      } catch (thrown) {
        // An editor that still scrolls, or draws its lines anew, forgets that it was pointed at.
        if (attempt === 5) throw thrown;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** What the notification centre holds, opened and closed again. */
  async notifications(): Promise<readonly string[]> {
    await this.run('Notifications: Show Notifications');
    const centre = this.page.locator('.notifications-center.visible');
    await centre.waitFor();
    const texts = await centre.locator('.notification-list-item-message').allInnerTexts();
    await this.run('Notifications: Hide Notifications');
    return texts;
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text });
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
