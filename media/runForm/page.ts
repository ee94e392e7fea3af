import './page.css';
import './runFormPage.ts';
