/** Imported before a worker: it ends with the tests that started it, however these end. */
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
