import sharp from "sharp";

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

/** sharp as this service uses it: no picture is cached, and only the decoders of accepted formats may run. */
export { sharp };
