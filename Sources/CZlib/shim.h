#ifndef AZURE_CZLIB_SHIM_H
#define AZURE_CZLIB_SHIM_H

#include <zlib.h>

#endif
