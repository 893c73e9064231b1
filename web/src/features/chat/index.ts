export { ChatPane } from './ChatPane';
