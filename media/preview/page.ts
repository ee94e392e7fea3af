import './page.css';
import './previewPage.ts';
