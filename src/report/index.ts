/** The report room: the frame and the parts of every report that is one HTML file. Pure. */

export { html, MARK, reportPage } from './page.ts'
export { type Bar, barsOf, type Cell, type Column, figuresOf, type ShownFigure, tableOf, tucked } from './parts.ts'
