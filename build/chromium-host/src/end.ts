// How this process ends.

/**
 * Ends with this code once the listeners to `exit` were heard, by becoming a program that does so. Node's own way out
 * waits for V8's compiling threads, and those may wait for the main thread then, for ever: nodejs/node issue 54918.
 * Windows has no exec; there it is Node's way.
 */
export function end(code: number): never {
  if (process.platform !== 'win32')
    process.on('exit', () => process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {}));
  process.exit(code);
}
