// Ends with whoever started it: when that process is gone, however it went, the pipe to it closes.
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();

// The emulator does not say which port it was given when it asks for any.
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (...where) {
  this.once("listening", () => console.log(`listening on port ${this.address().port}`));
  return listen.apply(this, where);
};

require("./node_modules/azurite/dist/src/table/main.js");
