import { pathToFileURL } from 'node:url';

// Prints how many milliseconds it takes to load the bundle that is named, top-level await included.
const bundle = pathToFileURL(process.argv[2] ?? '').href;
const began = performance.now();
await import(bundle);
const milliseconds = performance.now() - began;
console.log(milliseconds);
// What a handler keeps open for its calls is not waited for.
process.exit();
