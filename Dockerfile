# The emulator of Blob Storage and Batch: Docs/Server.md. Scripts/check-image does the same steps without a container engine.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libcurl4-openssl-dev libsqlite3-dev libssl-dev libxml2-dev zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# Swift's own libraries are in the program, so that it needs no toolchain where it runs.
RUN --mount=type=cache,target=/source/.build-image \
    swift build --configuration release --product azure-emulator --traits Curl,Emulator -Xswiftc -gnone \
        --static-swift-stdlib --scratch-path .build-image \
    && cp "$(swift build --configuration release --traits Curl,Emulator --static-swift-stdlib \
        --scratch-path .build-image --show-bin-path)/azure-emulator" /azure-emulator \
    && strip /azure-emulator

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libcurl4 libsqlite3-0 libssl3 libxml2 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /home/emulator --shell /bin/sh emulator \
    && install --directory --owner emulator --group emulator --mode 0700 /data
COPY --from=build /azure-emulator /usr/local/bin/azure-emulator
USER emulator
VOLUME /data
EXPOSE 10000 10100
# The first check is asked for while it starts, and not counted against it.
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s --retries=3 CMD ["azure-emulator", "health"]
ENTRYPOINT ["azure-emulator"]
CMD ["--listen", "0.0.0.0", "--data", "/data"]
