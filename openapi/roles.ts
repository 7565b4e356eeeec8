import { markdownTable, roleMatrix } from './role-matrix.ts';

console.log(markdownTable(roleMatrix()));
