/** `npm run screenshot`: makes the picture of the README anew: a prompt, its preview and its answers, in dark. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EditorSession } from './editorSession.ts';
import { build, pack } from './package.ts';
import { OutputsPage, PreviewPage, RunFormPage } from './pages.ts';
import { root } from './paths.ts';

const picture = join(root, 'media/readme.png');

await build();
await pack();
const session = await EditorSession.start({
  viewport: { width: 1400, height: 900 },
  settings: {
    'workbench.colorTheme': 'Dark 2026',
    'editor.minimap.enabled': false,
    'editor.fontSize': 12,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'window.title': 'Prompt Workbench',
    'editor.scrollbar.vertical': 'hidden',
  },
});
try {
  const window = await session.open(await session.addSamples());
  const [form, outputs, preview] = [
    new RunFormPage(window),
    new OutputsPage(window),
    new PreviewPage(window),
  ];
  for (const file of ['product_description.prompt', 'welcome_email.prompt']) {
    await window.openFile(file);
    await window.page.keyboard.press('Control+Enter');
    await form.useSample(0);
    await form.run();
    await form.closed();
    await outputs.shows(file === 'welcome_email.prompt' ? 'Welcome Email' : 'Product', 'Completed');
  }
  await outputs.rate('Good', 'Warm, and no invented offers.');
  await window.openFile('welcome_email.prompt');
  await window.command('Prompt: Open Preview to the Side');
  await preview.useSample('Sample: ada');
  await preview.shows('User', 'Ada');
  await window.tab('Outputs').click();
  await window.command('View: Move Editor into Group Below');
  await window.command('View: Close Primary Side Bar');
  await window.command('Notifications: Clear All Notifications');
  await preview.shows('User', 'Ada');
  await outputs.shows('Welcome Email', 'Completed');
  await window.openFile('welcome_email.prompt');
  await window.page.mouse.move(0, 0);
  await window.page.screenshot({ path: picture, animations: 'disabled' });
  console.log(`${picture}: ${Math.round((await stat(picture)).size / 1000)} kB`);
} finally {
  await session.stop();
}
