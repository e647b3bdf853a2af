import sharp from "sharp";

// Only the decoders of the accepted formats may run in this process, and no picture is remembered.
sharp.cache(false);
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadTiffBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadHeifBuffer", // AVIF alone: the build has no other codec
  ],
});

/** sharp as this service uses it: nothing cached, only the decoders of accepted formats allowed. */
export { sharp };
