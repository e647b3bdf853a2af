// Imported first: an older Node lacks import.meta.dirname and some of the syntax of the other files.
const oldestNode = { major: 20, minor: 19 };

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < oldestNode.major || (major === oldestNode.major && minor < oldestNode.minor)) {
  console.error(
    `Expected Node ${oldestNode.major}.${oldestNode.minor} or newer but found ${process.versions.node}. ` +
      "Install a newer one (https://nodejs.org) and run the same command again.",
  );
  process.exit(1);
}
