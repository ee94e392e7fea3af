import './page.css';
import '../shared/pageTabs.ts';
import '../shared/paneSash.ts';
import './outputsPage.ts';
